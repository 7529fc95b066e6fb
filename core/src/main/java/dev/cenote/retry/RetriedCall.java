package dev.cenote.retry;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Footprint;
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
     * True if the call is one of several steps, some of which have written already: unless its effect is repeatable it then
     * does not run again, whatever the error that ended it says of its last step. Default false.
     */
    default boolean hasWritten() {
        return false;
    }

    /**
     * True if the call may run again after {@code error} without doubling a write, as far as a verdict says so. Errors
     * that are none of Cenote's have no verdict, and so are not safe.
     */
    default boolean maySafelyRunAgain(Throwable error) {
        return Safety.of(Safety.unwrapped(error), effect()) == Safety.SAFE
                && (effect().isRepeatable() || !hasWritten());
    }

    /** A call without a deadline, named {@code call}. */
    static RetriedCall of(Effect effect) {
        return of("call", effect, Deadline.none());
    }

    /** A call. */
    static RetriedCall of(String name, Effect effect, Deadline deadline) {
        return new Named(name, effect, deadline);
    }

    /** A call whose steps leave their marks on {@code footprint}, within which it must be made. */
    static RetriedCall of(String name, Effect effect, Deadline deadline, Footprint footprint) {
        return new Tracked(of(name, effect, deadline), footprint);
    }

    /** The form of a call of several steps. */
    record Tracked(RetriedCall call, Footprint footprint) implements RetriedCall {
        public Tracked {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(footprint, "footprint");
        }

        @Override
        public String name() {
            return call.name();
        }

        @Override
        public Effect effect() {
            return call.effect();
        }

        @Override
        public Deadline deadline() {
            return call.deadline();
        }

        @Override
        public boolean hasWritten() {
            return footprint.hasWritten();
        }
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
