package dev.cenote.protocols.errors;

import java.time.Duration;
import java.util.List;

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
    public record Attempt(int number, Duration startedAfter, Duration took, Throwable error) {}

    private final transient List<Attempt> attempts;

    public RetriesExhaustedException(String call, List<Attempt> attempts) {
        super(message(call, attempts), attempts.get(attempts.size() - 1).error());
        this.attempts = List.copyOf(attempts);
        for (Attempt attempt : attempts.subList(0, attempts.size() - 1)) {
            if (attempt.error() != getCause()) {
                addSuppressed(attempt.error());
            }
        }
    }

    private static String message(String call, List<Attempt> attempts) {
        Attempt last = attempts.get(attempts.size() - 1);
        return call + " failed after " + attempts.size() + " attempts in "
                + last.startedAfter().plus(last.took()).toMillis() + " ms; last: "
                + last.error().getMessage();
    }

    /** The attempts, in order; never empty. */
    public List<Attempt> attempts() {
        return attempts;
    }
}
