package dev.cenote.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The use of a connection that is going on, if one is, as its {@link Watch} sees it. One for each connection.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>from</th><th>to</th><th>by</th><th>when</th></tr>
 * <tr><td>IDLE</td><td>ARMED</td><td>holder</td><td>a use with a deadline begins</td></tr>
 * <tr><td>ARMED</td><td>IDLE</td><td>holder</td><td>it ends, nothing has fired</td></tr>
 * <tr><td>ARMED</td><td>FIRING</td><td>watch</td><td>the instant to cancel has come; a cancel is on its way</td></tr>
 * <tr><td>FIRING</td><td>FIRED</td><td>canceller</td><td>the server has taken the cancel, or it failed</td></tr>
 * <tr><td>FIRED</td><td>IDLE</td><td>holder</td><td>the use ends</td></tr>
 * <tr><td>FIRING, FIRED</td><td>ABORTED</td><td>watch</td><td>the use goes on past its deadline</td></tr>
 * </table>
 *
 * A holder that finds FIRING waits, so that a cancel never meets the next statement. The state carries the number of the
 * use in its upper bits: what the watch decided of one use cannot befall the next.
 */
final class Flight {
    /** Time by which a use ends earlier, to be cancelled in good order, at most. */
    private static final long MAX_MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long after the deadline the connection is aborted: the network time-out, which tells more, goes first. */
    private static final long ABORT_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int IDLE = 0;
    private static final int ARMED = 1;
    private static final int FIRING = 2;
    private static final int FIRED = 3;
    private static final int ABORTED = 4;
    private static final int PHASE_BITS = 3;
    private static final int PHASE = (1 << PHASE_BITS) - 1;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Flight.class, "state", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** What a flight asks of its connection. */
    interface Owner {
        /** Sends a cancel for {@code statement}; see {@link Dialect#cancel}. */
        void cancel(Statement statement) throws SQLException;

        /** Ends the connection at once. */
        void abort();
    }

    /** How a use ended. */
    enum End {
        /** By itself. */
        QUIET,
        /** After a cancel was sent, which may or may not have met the statement. */
        CANCELLED,
        /** Aborted, or with a cancel of unknown fate under way: the connection must not be used again. */
        LOST
    }

    private final Watch watch;
    private final Owner owner;

    private volatile long state;
    // Written before the state that makes them valid, and used by the watch only if that state is still there.
    private long cancelAt;
    private long endAt;
    private @Nullable Thread holder;
    private volatile @Nullable Statement statement;
    private volatile boolean cancelSent;

    Flight(Watch watch, Owner owner) {
        this.watch = watch;
        this.owner = owner;
    }

    /** A use begins that must end in {@code remainingNanos}. */
    void begin(long remainingNanos) {
        long now = watch.now();
        long cancel = now + remainingNanos - Math.min(remainingNanos / 10, MAX_MARGIN_NANOS);
        cancelAt = cancel;
        endAt = now + remainingNanos + ABORT_GRACE_NANOS;
        holder = Thread.currentThread();
        cancelSent = false;
        state = (state & ~PHASE) + (1 << PHASE_BITS) | ARMED;
        watch.armed(cancel);
    }

    /** What a cancel is to stop; none while nothing that can be cancelled runs. */
    void running(@Nullable Statement current) {
        statement = current;
    }

    /**
     * The use has ended. Waits for a cancel that is on its way, no longer than to the deadline, unless the connection is
     * lost anyway.
     */
    End end(boolean connectionLost) {
        long seen = state;
        if (phase(seen) == IDLE) {
            return End.QUIET;
        }
        statement = null;
        if (phase(seen) == ARMED && STATE.compareAndSet(this, seen, idle(seen))) {
            return End.QUIET;
        }
        if (connectionLost) {
            return End.LOST;
        }
        awaitCancel();
        seen = state;
        if (phase(seen) == FIRED && STATE.compareAndSet(this, seen, idle(seen))) {
            return cancelSent ? End.CANCELLED : End.QUIET;
        }
        return End.LOST;
    }

    private void awaitCancel() {
        boolean interrupted = false;
        while (phase(state) == FIRING) {
            LockSupport.parkNanos(this, Math.max(1, endAt - watch.now()));
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The watch's look. Gives the instant of the next one that is needed. */
    long check(long now) {
        long seen = state;
        return switch (phase(seen)) {
            case ARMED -> checkArmed(seen, now);
            case FIRING, FIRED -> checkOverdue(seen, now);
            default -> Watch.NEVER;
        };
    }

    private long checkArmed(long seen, long now) {
        long at = cancelAt;
        long end = endAt;
        if (now < at) {
            return at;
        }
        if (!STATE.compareAndSet(this, seen, with(seen, FIRING))) {
            return now; // Look again: it ended, and another may have begun.
        }
        if (!watch.offer(() -> fire(seen))) {
            fired(seen);
        }
        return end;
    }

    private void fire(long use) {
        Statement target = statement;
        try {
            if (target != null) {
                cancelSent = true;
                owner.cancel(target);
            }
        } catch (SQLException | RuntimeException failed) {
            // The statement may have ended, or the server be silent: the network time-out ends what the cancel could
            // not.
        } finally {
            fired(use);
        }
    }

    private void fired(long use) {
        Thread waiting = holder;
        if (STATE.compareAndSet(this, with(use, FIRING), with(use, FIRED))) {
            LockSupport.unpark(waiting);
        }
    }

    private long checkOverdue(long seen, long now) {
        long end = endAt;
        if (now < end) {
            return end;
        }
        Thread waiting = holder;
        if (!STATE.compareAndSet(this, seen, with(seen, ABORTED))) {
            return now;
        }
        owner.abort();
        LockSupport.unpark(waiting);
        return Watch.NEVER;
    }

    private static int phase(long state) {
        return (int) (state & PHASE);
    }

    private static long idle(long state) {
        return with(state, IDLE);
    }

    private static long with(long state, int phase) {
        return (state & ~PHASE) | phase;
    }
}
