package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.SqlTraits;
import dev.cenote.protocols.Footprint;

/**
 * Leaves a session's marks on the footprint of the call in which it writes: a statement's as it ends, a transaction's as it
 * commits. Used by the holder's thread, in such a call only: other statements nobody reads.
 */
final class WriteMarks {
    /** Whether what runs may write. */
    private boolean running;

    /** Whether that is committed as it ends. */
    private boolean atOnce;

    /** Whether the open transaction may have written. */
    private boolean inTransaction;

    /** {@code text} begins to run; {@link #ended} follows, unless {@link #undone} does. */
    void begins(String text, boolean commitsByItself) {
        if (SqlTraits.mayWrite(text)) {
            running = true;
            atOnce = commitsByItself || SqlTraits.mayCommit(text);
        }
    }

    /** It failed, and nothing of it is left. */
    void undone() {
        running = false;
    }

    /** It has ended, or nobody knows. */
    void ended() {
        if (running) {
            running = false;
            writes(atOnce);
        }
    }

    /** Something is written that no statement's text tells of. */
    void writes(boolean commitsByItself) {
        inTransaction = true;
        if (commitsByItself) {
            committed(false);
        }
    }

    /**
     * The transaction was committed, or nobody knows.
     *
     * @param unread whether statements ran in it of which this was not told
     */
    void committed(boolean unread) {
        Footprint footprint = inTransaction || unread ? Footprint.current() : null;
        inTransaction = false;
        if (footprint != null) {
            footprint.write();
        }
    }

    /** The transaction was rolled back, or has a new holder. */
    void rolledBack() {
        inTransaction = false;
    }
}
