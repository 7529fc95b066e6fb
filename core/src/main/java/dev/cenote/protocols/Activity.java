package dev.cenote.protocols;

import java.util.Objects;

/**
 * What is done on a connection through the driver's own interfaces, of which the engine sees nothing: for the reports of
 * who holds what.
 *
 * @param what the statement or command, without its values; never secret
 * @param running true if it runs at this moment
 * @param uses raised by each use of the connection, so that a change of it is a sign of life
 */
public record Activity(String what, boolean running, long uses) {
    public Activity {
        Objects.requireNonNull(what, "what");
    }
}
