package dev.cenote.decorators;

import dev.cenote.protocols.Deadline;
import java.util.concurrent.CompletionStage;

/**
 * A call that gives a stage and is told by when that must end.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface DeadlineStage<T> {
    /** Starts the call, without blocking; its stage should end by {@code deadline}. */
    CompletionStage<T> start(Deadline deadline);
}
