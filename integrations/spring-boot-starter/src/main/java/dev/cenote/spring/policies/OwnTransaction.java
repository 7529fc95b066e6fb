package dev.cenote.spring.policies;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Verdict;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the transaction that each attempt of a call begins for its method, and of no other: transactions within
 * it, and those of methods of the same name, are told apart by the object that Spring has for each.
 *
 * <p>Of one call, and of the thread that makes it. Apart from {@link CommitMarks}, who notes what happens and needs Spring's
 * module of transactions.
 */
final class OwnTransaction {
    /** Of the innermost call on each thread that may be tried again. */
    private static final ThreadLocal<@Nullable OwnTransaction> CURRENT = new ThreadLocal<>();

    /** What has become of it, as far as that leaves nothing done. */
    enum Fate {
        /** It could not begin, so that the method did not run. */
        NEVER_BEGUN,
        /** It was rolled back. */
        ROLLED_BACK,
        /** Neither is known: there was none, or it was committed. */
        UNKNOWN
    }

    private final @Nullable OwnTransaction outer = CURRENT.get();
    private final String name;
    private final BooleanSupplier begins;
    private boolean isExpected;
    private @Nullable Object own;
    private Fate fate = Fate.UNKNOWN;
    private boolean inDoubt;

    private OwnTransaction(String name, BooleanSupplier begins) {
        this.name = name;
        this.begins = begins;
    }

    /**
     * Begins to look at a call, up to {@link #leave}.
     *
     * @param name what Spring calls a transaction of its method
     * @param begins whether an attempt that begins now begins one
     */
    static OwnTransaction enter(String name, BooleanSupplier begins) {
        var entered = new OwnTransaction(name, begins);
        CURRENT.set(entered);
        return entered;
    }

    /** That of the call that this thread is in; null if it is in none. */
    static @Nullable OwnTransaction current() {
        return CURRENT.get();
    }

    /** An attempt begins. */
    void attempt() {
        markDoubt();
        isExpected = begins.getAsBoolean();
        own = null;
        fate = Fate.UNKNOWN;
    }

    /** The call has ended. */
    void leave() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        markDoubt();
    }

    /** For the calls round this one it may have been committed. */
    private void markDoubt() {
        Footprint footprint = Footprint.current();
        if (inDoubt && footprint != null) {
            footprint.write();
        }
        inDoubt = false;
    }

    /** Notes that a transaction has begun. */
    void begun(Object transaction, String nameOfIt) {
        if (isExpected && own == null && nameOfIt.equals(name)) {
            own = transaction;
        }
    }

    /** Notes that a transaction could not begin. */
    void notBegun(String nameOfIt) {
        if (isExpected && own == null && nameOfIt.equals(name)) {
            fate = Fate.NEVER_BEGUN;
        }
    }

    boolean is(Object transaction) {
        return own == transaction;
    }

    /**
     * Notes that it was rolled back.
     *
     * @param onCommit if only after a commit that failed, whose error says whether it may have been made
     */
    void rolledBack(boolean onCommit) {
        fate = Fate.ROLLED_BACK;
        inDoubt = onCommit;
    }

    /** The attempt ended by an error with this verdict. */
    void endedBy(Verdict verdict) {
        inDoubt &= !verdict.isRetrySafe(Effect.NON_IDEMPOTENT);
    }

    Fate fate() {
        return fate;
    }
}
