package dev.cenote.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a connection: a line of the report that an exhausted pool gives.
 *
 * @param connectionId the connection
 * @param thread name of the thread that acquired it
 * @param age how long it has been held
 * @param lastOperation name and target of the operation it ran last, if any
 * @param acquiredAt stack of the acquire, innermost first; empty unless the pool captures acquire sites
 */
public record Holder(
        long connectionId,
        String thread,
        Duration age,
        Optional<String> lastOperation,
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
                .append(thread);
        lastOperation.ifPresent(operation -> text.append(", last operation ").append(operation));
        if (!acquiredAt.isEmpty()) {
            text.append(", acquired at ").append(acquiredAt.get(0));
        }
        return text.toString();
    }
}
