package dev.cenote.redis;

import dev.cenote.protocols.errors.OperationFailedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of a batch, operation by operation. Immutable.
 *
 * <pre>{@code
 * var visits = incr("visits");
 * var user = get("user");
 * BatchResult result = pool.execute(batch(visits, user));
 * long count = result.get(visits);
 * Optional<String> name = result.get(user);
 * }</pre>
 *
 * <p>An operation that the server refused (as one on a key of the wrong type) has its own failure here, and does not keep
 * the others from being executed. Only if the fate of one is unknown, if the connection may not be used again, or if none
 * was executed, does the batch as a whole fail, with a {@link BatchFailedException} as the cause, which has this too.
 */
public final class BatchResult {
    private final List<BatchOutcome<?>> outcomes;

    BatchResult(List<BatchOutcome<?>> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** One for each operation, in their order. */
    public List<BatchOutcome<?>> outcomes() {
        return outcomes;
    }

    /**
     * The result of an operation of the batch: of that very object, the first time that it is in it.
     *
     * @throws OperationFailedException if it failed
     * @throws IllegalArgumentException if it is none of the batch
     */
    public <R> R get(RedisOperation<R> operation) {
        BatchOutcome<R> outcome = outcome(operation);
        return outcome.result().orElseThrow(() -> outcome.failure().orElseThrow());
    }

    /**
     * What became of an operation of the batch: of that very object, the first time that it is in it.
     *
     * @throws IllegalArgumentException if it is none of the batch
     */
    @SuppressWarnings("unchecked") // an outcome is of the type of its operation
    public <R> BatchOutcome<R> outcome(RedisOperation<R> operation) {
        for (BatchOutcome<?> outcome : outcomes) {
            if (outcome.operation() == operation) {
                return (BatchOutcome<R>) outcome;
            }
        }
        throw new IllegalArgumentException("operation must be one of the batch, was " + operation);
    }

    /** True if all were executed. */
    public boolean isComplete() {
        return outcomes.stream().allMatch(BatchOutcome::isExecuted);
    }

    List<BatchOutcome<?>> failed() {
        return outcomes.stream().filter(outcome -> !outcome.isExecuted()).collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return "BatchResult[" + (outcomes.size() - failed().size()) + " of " + outcomes.size() + " executed]";
    }
}
