package dev.cenote.jdbc;

/**
 * Stands among the suppressed exceptions of a driver's exception to say that the caller had made the transaction or the
 * session read-only: a refused write then says nothing of the server's role. The driver's exception stays as it was.
 */
public final class ReadOnlyByCaller extends Exception {
    private static final long serialVersionUID = 1L;

    private ReadOnlyByCaller() {
        super("the caller had made the transaction or the session read-only", null, false, false);
    }

    /** {@code failure}, marked. */
    public static <E extends Throwable> E mark(E failure) {
        failure.addSuppressed(new ReadOnlyByCaller());
        return failure;
    }

    /** True if {@code failure} carries this mark. */
    public static boolean marks(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof ReadOnlyByCaller) {
                return true;
            }
        }
        return false;
    }
}
