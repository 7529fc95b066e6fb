package dev.cenote.retry;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.Objects;

/**
 * What a {@link RetryPolicy} knows of a call. Immutable.
 *
 * @param name for errors and listeners
 * @param effect what it does to the data: decides whether it may run again when nobody knows whether it ran
 * @param deadline no attempt begins after it
 */
public record RetriedCall(String name, Effect effect, Deadline deadline) {
    public RetriedCall {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(deadline, "deadline");
    }

    /** A call without a deadline, named {@code call}. */
    public static RetriedCall of(Effect effect) {
        return new RetriedCall("call", effect, Deadline.none());
    }

    /** This, to be tried again until {@code other} only. */
    public RetriedCall withDeadline(Deadline other) {
        return new RetriedCall(name, effect, other);
    }
}
