package dev.cenote.retry;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.Objects;

/** What a {@link Retry} knows of a call. */
public interface RetriedCall {
    /** For errors and listeners. */
    String name();

    /** What it does to the data: decides whether it may run again when nobody knows whether it ran. */
    Effect effect();

    /** No attempt begins after it. */
    Deadline deadline();

    /**
     * True if the call may run again after {@code error} without doubling a write, as far as a verdict says so. Errors
     * that are none of Cenote's have no verdict, and so are not safe.
     */
    default boolean maySafelyRunAgain(Throwable error) {
        return Safety.of(Safety.unwrapped(error), effect()) == Safety.SAFE;
    }

    /** A call without a deadline, named {@code call}. */
    static RetriedCall of(Effect effect) {
        return of("call", effect, Deadline.none());
    }

    /** A call. */
    static RetriedCall of(String name, Effect effect, Deadline deadline) {
        return new Named(name, effect, deadline);
    }

    /** The plain form. Immutable. */
    record Named(String name, Effect effect, Deadline deadline) implements RetriedCall {
        public Named {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(effect, "effect");
            Objects.requireNonNull(deadline, "deadline");
        }
    }
}
