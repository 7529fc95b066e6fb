package dev.cenote.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a connection: a line of the report that an exhausted pool gives.
 *
 * @param connectionId the connection
 * @param thread name of the thread that acquired it
 * @param threadEnded true if that thread has ended since; another may still release, as with a future's lease
 * @param age how long it has been held
 * @param lastOperation name and target of the operation it ran last, if any
 * @param running true if an operation runs at this moment
 * @param unused for how long nothing was done with it; zero while an operation runs
 * @param unwrapped true if the driver's own object was asked for, whose use nobody sees: then unused says little
 * @param acquiredAt stack of the acquire, innermost first; empty unless the pool captures acquire sites
 */
public record Holder(
        long connectionId,
        String thread,
        boolean threadEnded,
        Duration age,
        Optional<String> lastOperation,
        boolean running,
        Duration unused,
        boolean unwrapped,
        List<StackTraceElement> acquiredAt) {
    public Holder {
        acquiredAt = List.copyOf(acquiredAt);
    }

    @Override
    public String toString() {
        var text = new StringBuilder()
                .append("connection ")
                .append(connectionId)
                .append(" held for ")
                .append(age.toMillis())
                .append(" ms by ")
                .append(thread)
                .append(threadEnded ? " (ended)" : "");
        lastOperation.ifPresent(operation ->
                text.append(running ? ", running " : ", last operation ").append(operation));
        if (!running && unwrapped) {
            text.append(", used by the driver's own object: when last is not known");
        } else if (!running) {
            text.append(", unused for ").append(unused.toMillis()).append(" ms");
        }
        if (!acquiredAt.isEmpty()) {
            text.append(", acquired at ").append(acquiredAt.get(0));
        }
        return text.toString();
    }
}
