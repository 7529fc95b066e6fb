package dev.cenote.spring.policies;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a method's transaction, as far as that leaves nothing done. Apart from {@link CommitMarks}, who notes it
 * and needs Spring's module of transactions.
 */
enum Undone {
    /** It could not begin, so that the method did not run. */
    NEVER_BEGUN,
    /** It was rolled back. */
    ROLLED_BACK,
    /** Neither is known: there was none, or it was committed. */
    UNKNOWN;

    private record Last(String transaction, Undone how) {}

    /** Of each thread, the last in a call that may be tried again. */
    private static final ThreadLocal<@Nullable Last> LAST = new ThreadLocal<>();

    /** Notes this of the transaction of that name. */
    void note(String transaction) {
        LAST.set(new Last(transaction, this));
    }

    /** What was noted last, if it was of that transaction; forgets it. */
    static Undone take(String transaction) {
        Last last = LAST.get();
        LAST.remove();
        return last != null && last.transaction().equals(transaction) ? last.how() : UNKNOWN;
    }

    static void forget() {
        LAST.remove();
    }
}
