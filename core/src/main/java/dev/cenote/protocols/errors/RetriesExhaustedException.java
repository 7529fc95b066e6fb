package dev.cenote.protocols.errors;

import dev.cenote.protocols.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every attempt failed. The cause is the last attempt's error; the earlier ones are suppressed errors of this one. */
public class RetriesExhaustedException extends CenoteException {
    private static final long serialVersionUID = 1L;

    /**
     * One failed attempt.
     *
     * @param number counted from 1
     * @param startedAfter how long after the start of the call it began
     * @param took how long it took
     * @param error how it ended
     */
    public record Attempt(int number, Duration startedAfter, Duration took, Throwable error) {
        /** What the backend's classifier said of the error; empty for one that is none of a database's. */
        public Optional<Verdict> verdict() {
            if (error instanceof OperationFailedException failed) {
                return Optional.of(failed.verdict());
            }
            return error instanceof ConnectionFailedException failed ? Optional.of(failed.verdict()) : Optional.empty();
        }

        @Override
        public String toString() {
            return "attempt " + number + " at " + startedAfter.toMillis() + " ms, " + took.toMillis() + " ms long: "
                    + error.getMessage();
        }
    }

    /** Why there was no other attempt. */
    public enum Ending {
        /** The policy allows no more. */
        MOST_RETRIES("no more retries allowed"),
        /** Running again might double a write, or cannot help. */
        NOT_SAFE("its error does not permit a retry"),
        /** It could not have begun before the deadline. */
        DEADLINE("the deadline left no time for another"),
        /** The retry budget was spent. */
        BUDGET("the retry budget is spent"),
        /** The thread was interrupted. */
        INTERRUPTED("interrupted");

        private final String words;

        Ending(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final transient List<Attempt> attempts;
    private final Ending ending;

    public RetriesExhaustedException(String call, List<Attempt> attempts, Ending ending) {
        super(message(call, attempts, ending), attempts.get(attempts.size() - 1).error());
        this.attempts = List.copyOf(attempts);
        this.ending = ending;
        for (Attempt attempt : attempts.subList(0, attempts.size() - 1)) {
            if (attempt.error() != getCause()) {
                addSuppressed(attempt.error());
            }
        }
    }

    private static String message(String call, List<Attempt> attempts, Ending ending) {
        Attempt last = attempts.get(attempts.size() - 1);
        return call + " failed after " + attempts.size() + " attempts in "
                + last.startedAfter().plus(last.took()).toMillis() + " ms (" + ending + "); last: "
                + last.error().getMessage();
    }

    /** Why there was no other attempt. */
    public Ending ending() {
        return ending;
    }

    /** The attempts, in order; never empty. */
    public List<Attempt> attempts() {
        return attempts;
    }
}
