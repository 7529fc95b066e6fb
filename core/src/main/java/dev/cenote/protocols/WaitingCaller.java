package dev.cenote.protocols;

import java.time.Duration;

/**
 * Who waits for a connection.
 *
 * @param thread name of the thread that waits, or that asked for a future
 * @param asynchronous true if no thread waits, but a future
 * @param waited for how long
 * @param holds how many connections of the same pool that thread acquired without a future and holds: above 0 it may be waiting for itself
 */
public record WaitingCaller(String thread, boolean asynchronous, Duration waited, int holds) {
    @Override
    public String toString() {
        return (asynchronous ? "a future of " : "") + thread + " has waited for " + waited.toMillis() + " ms"
                + (holds > 0 ? " and holds " + holds + (holds == 1 ? " connection" : " connections") : "");
    }
}
