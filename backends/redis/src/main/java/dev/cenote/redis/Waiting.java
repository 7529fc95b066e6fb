package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How long the server is asked to wait: as long as the caller wants, and no longer than the deadline allows, so that it is
 * the server which ends the wait. If the client did, nobody would know whether something was popped, and the connection
 * would be lost.
 */
record Waiting(Duration asked, boolean inMillis) {
    /** The server looks at its clock ten times a second, and its answer takes its way. */
    private static final long MARGIN_MILLIS = 200;

    /** The server takes less than 2^63 milliseconds; nobody waits longer than this. */
    private static final Duration LONGEST = Duration.ofDays(365);

    String by(Deadline deadline) {
        long left = Math.max(0, deadline.remaining().toMillis());
        long byDeadline = Math.max(left - MARGIN_MILLIS, left / 2);
        Duration capped = asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
        long wanted = capped.plusNanos(999_999).toMillis();
        long millis = Math.max(1, Math.min(wanted, byDeadline)); // the server takes 0 for ever
        return inMillis ? Long.toString(millis) : BigDecimal.valueOf(millis, 3).toPlainString();
    }
}
