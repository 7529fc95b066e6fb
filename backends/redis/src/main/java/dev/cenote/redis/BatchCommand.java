package dev.cenote.redis;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.redis.RedisOperation.Facts;
import dev.cenote.redis.RedisOperation.Lane;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Operations that are sent one after another, with no reply waited for in between. */
record BatchCommand(List<RedisOperation<?>> parts) implements Execution<BatchResult> {
    private static final String NAME = "BATCH";
    private static final RedisClassifier CLASSIFIER = new RedisClassifier();

    static RedisOperation<BatchResult> operation(List<RedisOperation<?>> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("operations must not be empty, was []");
        }
        var keys = new ArrayList<byte[]>();
        Effect effect = Effect.READ_ONLY;
        for (RedisOperation<?> part : parts) {
            part.whyAlone().ifPresent(why -> {
                throw new IllegalArgumentException("operations must not have " + part.name() + " in a batch: " + why);
            });
            keys.addAll(part.keys());
            effect = part.effect().compareTo(effect) > 0 ? part.effect() : effect;
        }
        boolean shared = parts.stream().allMatch(part -> part.lane() == Lane.SHARED);
        String size = parts.size() + " operations";
        Facts facts = new Facts(NAME, size, List.copyOf(keys), effect, shared ? Lane.SHARED : Lane.EXCLUSIVE);
        return new RedisOperation<>(facts, BatchResult.class, new BatchCommand(parts));
    }

    /** The replies on their way. */
    private record Replies(List<Sent<?>> sent, CompletableFuture<Void> all) {
        BatchResult result() {
            return new BatchResult(
                    sent.stream().<BatchOutcome<?>>map(Sent::outcome).toList());
        }
    }

    private record Sent<R>(RedisOperation<R> operation, CompletableFuture<R> reply) {
        static <R> Sent<R> of(RedisOperation<R> operation, RedisConnection connection) {
            try {
                return new Sent<>(
                        operation, operation.sendAmongOthers(connection).toCompletableFuture());
            } catch (RuntimeException failure) {
                return new Sent<>(operation, CompletableFuture.failedFuture(failure));
            }
        }

        BatchOutcome<R> outcome() {
            if (!reply.isDone()) {
                return failed(new RedisCommandTimeoutException(operation.name() + " had no reply by its deadline"));
            }
            try {
                return new BatchOutcome<>(operation, Optional.of(reply.join()), Optional.empty());
            } catch (CompletionException failure) {
                return failed(failure.getCause() == null ? failure : failure.getCause());
            } catch (CancellationException cancelled) {
                return failed(cancelled);
            }
        }

        private BatchOutcome<R> failed(Throwable failure) {
            Verdict verdict = CLASSIFIER.classify(failure, Phase.EXECUTE);
            var told = new OperationFailedException(operation.toString(), verdict, failure);
            return new BatchOutcome<>(operation, Optional.empty(), Optional.of(told));
        }
    }

    private Replies send(RedisConnection connection) {
        var sent = new ArrayList<Sent<?>>(parts.size());
        for (RedisOperation<?> part : parts) {
            sent.add(Sent.of(part, connection));
        }
        return new Replies(
                sent, CompletableFuture.allOf(sent.stream().map(Sent::reply).toArray(CompletableFuture[]::new)));
    }

    @Override
    public CompletionStage<BatchResult> start(RedisConnection connection, Deadline deadline) {
        Replies replies = send(connection);
        CompletableFuture<Void> all = replies.all;
        if (deadline.isLimited()) {
            // The engine would say no more than that it was late; here it is known which replies have come.
            all.orTimeout(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        }
        return all.handle((nothing, failure) -> orFailed(replies.result()));
    }

    @Override
    public BatchResult run(RedisConnection connection, Deadline deadline) throws Exception {
        Replies replies = send(connection);
        try {
            RedisConnector.await(replies.all, deadline, NAME);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception told) { // each operation tells its own
            return orFailed(replies.result());
        }
        return orFailed(replies.result());
    }

    private static BatchResult orFailed(BatchResult result) {
        Optional<Verdict> failed = BatchVerdict.of(result);
        if (failed.isPresent()) {
            throw new BatchFailedException(result, failed.get(), first(result));
        }
        return result;
    }

    private static @Nullable Throwable first(BatchResult result) {
        return result.failed().get(0).failure().orElseThrow().getCause();
    }

    @Override
    public CompletionStage<BatchResult> startAmongOthers(RedisConnection connection) {
        throw new UnsupportedOperationException("a batch within a batch");
    }

    @Override
    public Optional<String> whyAlone() {
        return Optional.of("it is a batch: give its operations one by one");
    }
}
