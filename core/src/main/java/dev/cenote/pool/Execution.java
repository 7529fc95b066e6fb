package dev.cenote.pool;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Operation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One operation that runs on a lease. Its word says whether it runs, has ended or was aborted; so whoever aborts it (the
 * keeper, a timer, a cancel, the end of its lease) aborts this one and never the next on the same lease.
 */
final class Execution<C extends Connection> {
    private static final int RUNNING = 0;
    private static final int OVER = 1;
    private static final int ABORTED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Execution.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    final Operation<?, ?> operation;
    final Deadline limit;
    final Phase phase;
    private final PoolCore<C> core;
    final Member<C> member;

    @SuppressWarnings("unused") // by STATE
    private volatile int state;

    Execution(PoolCore<C> core, Member<C> member, Operation<?, ?> operation, Deadline limit, Phase phase) {
        this.core = core;
        this.member = member;
        this.operation = operation;
        this.limit = limit;
        this.phase = phase;
    }

    PoolCore<C> core() {
        return core;
    }

    /** Marks it as ended. False if it was aborted before. */
    boolean end() {
        return STATE.compareAndSet(this, RUNNING, OVER);
    }

    boolean isAborted() {
        return state == ABORTED;
    }

    /** Frees whoever is blocked in it, if it still runs. */
    void abort() {
        if (STATE.compareAndSet(this, RUNNING, ABORTED)) {
            core.care.abort(member.connection);
        }
    }

    /** The keeper's: a driver that does not end by the deadline is made to. */
    void abortIfOverdue() {
        if (limit.remainingNanos() < -Attempts.GRACE_NANOS) {
            abort();
        }
    }
}
