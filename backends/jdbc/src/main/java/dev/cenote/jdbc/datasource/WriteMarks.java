package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.SqlTraits;
import dev.cenote.protocols.Footprint;

/**
 * Leaves a session's marks on the footprint of the call in which it writes: a statement's as it ends, a transaction's as it
 * commits. Used by the holder's thread. Costs a look at a static field where no thread has footprints.
 */
final class WriteMarks {
    /** Whether what runs may write, as far as anybody asks. */
    private boolean running;

    /** Whether that is committed as it ends. */
    private boolean atOnce;

    /** Whether the open transaction may have written. */
    private boolean inTransaction;

    /** {@code text} begins to run; {@link #ended} follows, unless {@link #undone} does. */
    void begins(String text, boolean commitsByItself) {
        if (Footprint.current() == null) {
            inTransaction |= !commitsByItself; // which is not read, as nobody may ever ask
        } else if (SqlTraits.mayWrite(text)) {
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
            committed();
        }
    }

    /** The transaction was committed, or nobody knows. */
    void committed() {
        Footprint footprint = inTransaction ? Footprint.current() : null;
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
