package dev.cenote.spring.policies;

import org.jspecify.annotations.Nullable;

/**
 * The transaction that this thread has rolled back last, in a call that may be tried again. Apart from {@link CommitMarks},
 * which needs Spring's module of transactions.
 */
final class RolledBack {
    private static final ThreadLocal<@Nullable String> LAST = new ThreadLocal<>();

    private RolledBack() {}

    static void note(String transaction) {
        LAST.set(transaction);
    }

    /** True if it was that one; forgets it. */
    static boolean was(String transaction) {
        boolean was = transaction.equals(LAST.get());
        LAST.remove();
        return was;
    }

    static void forget() {
        LAST.remove();
    }
}
