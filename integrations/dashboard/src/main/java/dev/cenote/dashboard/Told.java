package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.Locale;

/**
 * A line of the log.
 *
 * @param atMillis when it was told, since the epoch
 * @param pool which pool told it: of a cluster, the node's
 * @param type its kind
 * @param level how much it matters
 * @param text what happened, in words
 */
record Told(long atMillis, String pool, String type, Level level, String text) {
    private static final int LONGEST_TEXT = 600;

    /** How much an event matters. */
    enum Level {
        /** So frequent that it is not kept for who comes later. */
        FINE,
        INFO,
        WARN
    }

    /** That event in words. */
    static Told of(long atMillis, PoolEvent event) {
        return new Told(atMillis, event.pool(), event.getClass().getSimpleName(), level(event), shortened(text(event)));
    }

    /** Acquires that got nothing in a second, where they are not told of one by one. */
    static Told failedAcquires(long atMillis, String pool, Sample.Deltas counted) {
        String timedOut = counted.timedOut() + (counted.timedOut() == 1 ? " acquire" : " acquires") + " timed out";
        String turnedAway = counted.turnedAway() + " turned away";
        String text = counted.turnedAway() == 0
                ? timedOut
                : counted.timedOut() == 0 ? "acquires: " + turnedAway : timedOut + ", " + turnedAway;
        return new Told(atMillis, pool, "AcquiresFailed", Level.WARN, text);
    }

    private static String shortened(String text) {
        String masked = Json.masked(text);
        return masked.length() <= LONGEST_TEXT ? masked : masked.substring(0, LONGEST_TEXT) + " ...";
    }

    /** How much that event matters. */
    static Level level(PoolEvent event) {
        if (event instanceof PoolEvent.AcquireStarted
                || event instanceof PoolEvent.AcquireSucceeded
                || event instanceof PoolEvent.Released) {
            return Level.FINE;
        }
        boolean warns = event instanceof PoolEvent.ConnectionFailed
                || event instanceof PoolEvent.AcquireFailed
                || event instanceof PoolEvent.LeakDetected
                || event instanceof PoolEvent.SlowUseDetected
                || event instanceof PoolEvent.OperationFailed
                || event instanceof PoolEvent.CircuitChanged change
                        && !change.to().isClosed();
        return warns ? Level.WARN : Level.INFO;
    }

    /** Long, but one line for each kind: splitting it would hide which kinds there are. */
    private static String text(PoolEvent event) {
        if (event instanceof PoolEvent.PoolCreated created) {
            return "pool made, " + created.minSize() + " to " + created.maxSize() + " connections";
        } else if (event instanceof PoolEvent.PoolReady) {
            return "pool serves";
        } else if (event instanceof PoolEvent.PoolCleared cleared) {
            return "pool " + (cleared.paused() ? "paused" : "cleared") + ", generation " + cleared.generation()
                    + ", connections in use are " + lower(cleared.inUse());
        } else if (event instanceof PoolEvent.PoolClosed) {
            return "pool closed";
        } else if (event instanceof PoolEvent.ConnectionCreated created) {
            return "connection " + created.connectionId() + " is being opened";
        } else if (event instanceof PoolEvent.ConnectionReady ready) {
            return "connection " + ready.connectionId() + " open after " + time(ready.took());
        } else if (event instanceof PoolEvent.ConnectionFailed failed) {
            return "connection " + failed.connectionId() + " could not be opened within " + time(failed.took()) + ": "
                    + CenoteException.describe(failed.error());
        } else if (event instanceof PoolEvent.ConnectionClosed closed) {
            return "connection " + closed.connectionId() + " closed after " + time(closed.age()) + ": "
                    + lower(closed.reason());
        } else if (event instanceof PoolEvent.AcquireStarted) {
            return "acquire begins";
        } else if (event instanceof PoolEvent.AcquireSucceeded acquired) {
            return "connection " + acquired.connectionId() + " acquired after " + time(acquired.waited());
        } else if (event instanceof PoolEvent.AcquireFailed failed) {
            return "acquire failed after " + time(failed.waited()) + ": " + lower(failed.reason());
        } else if (event instanceof PoolEvent.Released released) {
            return "connection " + released.connectionId() + " released after " + time(released.held());
        } else if (event instanceof PoolEvent.LeakDetected leak) {
            return "leak: " + leak.holder();
        } else if (event instanceof PoolEvent.SlowUseDetected slow) {
            return "slow use: " + slow.holder();
        } else if (event instanceof PoolEvent.OperationFailed failed) {
            return failed.operation() + " failed on connection " + failed.connectionId() + ", "
                    + lower(failed.verdict().connection()) + "/"
                    + lower(failed.verdict().call()) + ": " + CenoteException.describe(failed.error());
        } else if (event instanceof PoolEvent.CircuitChanged change) {
            return "circuit " + change.circuit() + " " + change.from() + " to " + change.to() + ": " + change.reason();
        }
        return event.toString();
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 1) {
            return String.format(Locale.ROOT, "%.0f µs", millis * 1_000);
        } else if (millis < 10) {
            return String.format(Locale.ROOT, "%.2f ms", millis);
        }
        return millis < 10_000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }

    ObjectNode json() {
        return Json.object()
                .put("atMillis", atMillis)
                .put("source", pool)
                .put("type", type)
                .put("level", level.name())
                .put("text", text);
    }
}
