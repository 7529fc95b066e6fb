package dev.cenote.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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
     * The codes by which users know {@code error}, the most telling one first: PostgreSQL's SQLSTATE; the number of MySQL
     * and MariaDB, then the SQLSTATE; the first word of what Redis says; MongoDB's code numbers, then its labels. Where the
     * server gave none, the simple name of the driver's exception, in those backends that have no code for it either. Looks
     * along the causes as {@link #classify} does. Default: none.
     */
    default List<String> codes(Throwable error) {
        return List.of();
    }

    /** The errors that it knows, each with a sample; not all errors that there are. Default: none. */
    default List<KnownError> knownErrors() {
        return List.of();
    }

    /**
     * How long a server that is overloaded should be left alone before another attempt. Empty unless {@code error} says
     * that the server is overloaded or not yet serving. Default: empty.
     */
    default Optional<Duration> pushBack(Throwable error) {
        return Optional.empty();
    }

    /**
     * This classifier, with its verdict on errors of that code changed, in every phase. All else stays. What {@code change}
     * throws, or null, is logged and leaves the verdict.
     *
     * <p>To loosen {@link Verdict#call()} towards {@link Verdict.CallFate#NOT_EXECUTED} or {@link
     * Verdict.CallFate#ROLLED_BACK} may double a write: a retry then takes your word for it that nothing was done.
     *
     * @param code one of {@link #codes}, in full and with its case
     * @throws dev.cenote.protocols.errors.ConfigurationException if {@code code} is blank
     */
    default Classifier withVerdict(String code, UnaryOperator<Verdict> change) {
        Check.notBlank("code", code);
        return withVerdictIf(error -> codes(error).contains(code), change);
    }

    /**
     * As {@link #withVerdict}, for errors of which {@code when} is true. It is asked with the driver's exception: not with
     * an {@link java.util.concurrent.ExecutionException}, a {@link java.util.concurrent.CompletionException} or a {@link
     * DeadlineExceededException} around it. What it throws is logged and counts as no.
     */
    default Classifier withVerdictIf(Predicate<Throwable> when, UnaryOperator<Verdict> change) {
        return new OverriddenClassifier(this, when, change);
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
