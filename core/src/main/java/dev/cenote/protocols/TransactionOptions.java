package dev.cenote.protocols;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a transaction runs. Immutable; begin with {@link #defaults()}.
 *
 * @param isolation the isolation level; empty for the server's default
 * @param readOnly true to refuse writes
 * @param timeout how long the whole may take, with acquire, all attempts and the backoff between them; empty for the
 *     pool's call time-out. Only {@link Pool#transaction} heeds it
 * @param nesting what becomes of other uses of the pool by the thread that is in the transaction. Only {@link
 *     Pool#transaction} heeds it
 */
public record TransactionOptions(
        Optional<Isolation> isolation, boolean readOnly, Optional<Duration> timeout, Nesting nesting) {
    private static final TransactionOptions DEFAULTS =
            new TransactionOptions(Optional.empty(), false, Optional.empty(), Nesting.REFUSED);

    public TransactionOptions {
        Objects.requireNonNull(isolation, "isolation");
        timeout.ifPresent(time -> Check.positive("timeout", time));
        Objects.requireNonNull(nesting, "nesting");
    }

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

    /** What becomes of uses of a pool by a thread that is in one of its transactions. */
    public enum Nesting {
        /** They fail with a {@link dev.cenote.protocols.errors.NestedUseException}. */
        REFUSED,
        /**
         * Operations and transactions become part of the transaction, whose end alone commits them; acquiring a connection
         * is refused.
         */
        JOINED,
        /**
         * They get a connection of their own and know nothing of the transaction. When as many threads do so as the pool has
         * connections, all of them wait for each other until their acquire time-out.
         */
        SEPARATE
    }

    /** The server's isolation level, reading and writing, nested uses refused. */
    public static TransactionOptions defaults() {
        return DEFAULTS;
    }

    /** These options with that isolation level. */
    public TransactionOptions withIsolation(Isolation level) {
        return new TransactionOptions(Optional.of(level), readOnly, timeout, nesting);
    }

    /** These options, refusing writes. */
    public TransactionOptions withReadOnly() {
        return new TransactionOptions(isolation, true, timeout, nesting);
    }

    /**
     * These options, the whole to end in that time.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless it is longer than zero
     */
    public TransactionOptions withTimeout(Duration time) {
        return new TransactionOptions(isolation, readOnly, Optional.of(time), nesting);
    }

    /** These options; a transaction within another is joined to it if either of the two says so. */
    public TransactionOptions withNesting(Nesting other) {
        return new TransactionOptions(isolation, readOnly, timeout, other);
    }
}
