package dev.cenote.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads an error of one database and says what it means.
 *
 * <p>Thread-safe, quick, and total: an error that it does not know gets the careful verdict for its phase.
 */
@FunctionalInterface
public interface Classifier {
    /**
     * The verdict on {@code error}, which arose in {@code phase}. Wrappers such as {@link
     * java.util.concurrent.ExecutionException} have not been removed: the classifier looks along the causes.
     */
    Verdict classify(Throwable error, Phase phase);

    /**
     * How long an overloaded server, or one that does not serve yet, should be left alone before another attempt; empty
     * unless {@code error} says that it is. Retries and connects wait at least so long.
     */
    default Optional<Duration> pushBack(Throwable error) {
        return Optional.empty();
    }

    /**
     * The codes by which users know {@code error}, the most telling first: for PostgreSQL its SQLSTATE, for MySQL and
     * MariaDB the number and the SQLSTATE, for Redis the first word of the message, for MongoDB the number and the labels.
     * Empty where it has none.
     */
    default List<String> codes(Throwable error) {
        return List.of();
    }

    /** The errors that it knows by their code, for documentation. */
    default List<KnownError> knownErrors() {
        return List.of();
    }

    /** What was being done when an error arose. */
    enum Phase {
        /** Opening a connection: nothing of the caller's was sent. */
        CONNECT,
        /** Checking a connection before use: nothing of the caller's was sent. */
        VALIDATE,
        /** Running an operation. */
        EXECUTE,
        /** Committing a transaction. */
        COMMIT,
        /** Restoring the session on return. */
        RESET
    }
}
