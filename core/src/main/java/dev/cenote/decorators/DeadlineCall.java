package dev.cenote.decorators;

import dev.cenote.protocols.Deadline;

/**
 * A call that is told by when it must end.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface DeadlineCall<T> {
    /** Makes the call; should end by {@code deadline}. */
    T call(Deadline deadline) throws Exception;
}
