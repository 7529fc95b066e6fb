package dev.cenote.jdbc;

/**
 * Stands among the suppressed exceptions of a driver's exception to say that it ended several statements, or a procedure,
 * outside a transaction: that the one which failed was undone says nothing of those before it. The driver's exception stays
 * as it was.
 */
public final class AppliedInParts extends Exception {
    private static final long serialVersionUID = 1L;

    private AppliedInParts() {
        super("what ran before the statement that failed may have been committed", null, false, false);
    }

    /** {@code failure}, marked. */
    public static <E extends Throwable> E mark(E failure) {
        failure.addSuppressed(new AppliedInParts());
        return failure;
    }

    /** True if {@code failure} carries this mark. */
    static boolean marks(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof AppliedInParts) {
                return true;
            }
        }
        return false;
    }
}
