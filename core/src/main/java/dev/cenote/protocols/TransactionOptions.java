package dev.cenote.protocols;

import java.util.Optional;

/**
 * How a transaction runs. Immutable.
 *
 * @param isolation the isolation level; empty for the server's default
 * @param readOnly true to refuse writes
 */
public record TransactionOptions(Optional<Isolation> isolation, boolean readOnly) {
    private static final TransactionOptions DEFAULTS = new TransactionOptions(Optional.empty(), false);

    /** The levels of the SQL standard. */
    public enum Isolation {
        /** Dirty reads, non-repeatable reads and phantoms may occur. */
        READ_UNCOMMITTED,
        /** Non-repeatable reads and phantoms may occur. */
        READ_COMMITTED,
        /** Phantoms may occur. */
        REPEATABLE_READ,
        /** As if transactions ran one after another. */
        SERIALIZABLE
    }

    /** The server's isolation level, reading and writing. */
    public static TransactionOptions defaults() {
        return DEFAULTS;
    }

    /** These options with that isolation level. */
    public TransactionOptions withIsolation(Isolation level) {
        return new TransactionOptions(Optional.of(level), readOnly);
    }

    /** These options, refusing writes. */
    public TransactionOptions withReadOnly() {
        return new TransactionOptions(isolation, true);
    }
}
