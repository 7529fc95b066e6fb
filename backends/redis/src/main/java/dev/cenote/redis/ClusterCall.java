package dev.cenote.redis;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an operation on a cluster: runs on the node of its slot, and follows where nodes send it. A node that sends
 * it on, or says that it does not serve now, has executed nothing, so that going on is safe whatever the operation does.
 *
 * <table>
 * <caption>What follows an error</caption>
 * <tr><td>MOVED</td><td>the slot's node is noted, the topology is read, and it runs there</td></tr>
 * <tr><td>ASK</td><td>it runs on the named node, after ASKING, on a lease</td></tr>
 * <tr><td>TRYAGAIN, CLUSTERDOWN, MASTERDOWN</td><td>again after a backoff, on the node that then has the slot</td></tr>
 * <tr><td>the node has left, and its pool was closed</td><td>on the node that has the slot now</td></tr>
 * <tr><td>any other</td><td>the attempt has failed</td></tr>
 * </table>
 *
 * <p>Used by one thread after another.
 */
final class ClusterCall<R> {
    /** What it needs of the cluster. */
    record Surroundings(
            PoolEngine<RedisConnection> root,
            ClusterNodes nodes,
            ClusterWatch watch,
            RandomGenerator random,
            int maxRedirects,
            Set<Runnable> sleepers) {}

    private static final Set<String> NOT_NOW = Set.of("TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN");
    private static final long FIRST_BACKOFF_NANOS = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_BACKOFF_NANOS = Duration.ofMillis(200).toNanos();

    private final Surroundings cluster;
    private final Operation<? super RedisConnection, R> operation;
    private final OptionalInt slot;
    private final Deadline deadline;
    /** Where a redirect has sent it; the next try goes there. */
    private @Nullable ClusterNode sentTo;

    private boolean asking;
    private int redirects;
    private int refusals;
    private volatile @Nullable CompletableFuture<R> running;

    ClusterCall(
            Surroundings cluster,
            Operation<? super RedisConnection, R> operation,
            OptionalInt slot,
            Deadline deadline) {
        this.cluster = cluster;
        this.operation = operation;
        this.slot = slot;
        this.deadline = deadline;
    }

    /** This, on that node to begin with. */
    ClusterCall<R> on(ClusterNode node) {
        sentTo = node;
        return this;
    }

    private ClusterNode next() {
        ClusterNode node = sentTo;
        sentTo = null;
        if (node == null && slot.isPresent()) {
            node = cluster.nodes().owner(slot.getAsInt());
        }
        if (node == null) { // any node says whose a slot is, or that it is nobody's
            node = cluster.nodes().any();
        }
        if (node == null) {
            throw new IllegalStateException("pool " + cluster.root().name() + " knows of no node");
        }
        return node;
    }

    // ---- on this thread

    R run() {
        cluster.watch().awaitKnown(deadline);
        while (true) {
            ClusterNode node = next();
            RuntimeException failure;
            try {
                return asking ? ask(node) : node.pool().execute(operation, deadline);
            } catch (RuntimeException thrown) {
                failure = thrown;
            }
            OptionalLong pause = afterwards(node, failure);
            if (pause.isEmpty()) {
                throw failure;
            }
            sleep(pause.getAsLong(), failure);
        }
    }

    private R ask(ClusterNode node) {
        try (Lease<RedisConnection> lease =
                node.pool().acquire(cluster.root().acquireDeadline().earlier(deadline))) {
            return lease.execute(new Asking<>(operation), deadline);
        }
    }

    private static void sleep(long nanos, RuntimeException failure) {
        if (nanos == 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    // ---- without a thread

    CompletableFuture<R> start() {
        var result = new CompletableFuture<R>();
        result.whenComplete((value, failure) -> {
            CompletableFuture<R> now = running;
            if (result.isCancelled() && now != null) {
                now.cancel(false);
            }
        });
        cluster.watch().whenKnown(deadline).whenComplete((nothing, failure) -> {
            if (failure == null) {
                step(result);
            } else {
                result.completeExceptionally(unwrapped(failure));
            }
        });
        return result;
    }

    private void step(CompletableFuture<R> result) {
        if (result.isDone()) {
            return;
        }
        ClusterNode node;
        try {
            node = next();
        } catch (RuntimeException closed) {
            result.completeExceptionally(closed);
            return;
        }
        CompletableFuture<R> begun = begun(node);
        running = begun;
        if (result.isCancelled()) {
            begun.cancel(false);
        }
        begun.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
                return;
            }
            Throwable thrown = unwrapped(failure);
            OptionalLong pause = afterwards(node, thrown);
            if (pause.isEmpty()) {
                result.completeExceptionally(thrown);
            } else if (pause.getAsLong() == 0) {
                step(result);
            } else {
                later(result, pause.getAsLong());
            }
        });
    }

    private CompletableFuture<R> begun(ClusterNode node) {
        try {
            return asking ? askAsync(node) : node.pool().executeAsync(operation, deadline);
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private CompletableFuture<R> askAsync(ClusterNode node) {
        return node.pool()
                .acquireAsync(cluster.root().acquireDeadline().earlier(deadline))
                .thenCompose(lease -> lease.executeAsync(new Asking<>(operation), deadline)
                        .whenComplete(
                                (value, failure) -> cluster.root().workers().execute(lease::close)));
    }

    /** Goes on after a pause, which the end of the pool cuts short. */
    private void later(CompletableFuture<R> result, long nanos) {
        Runnable onEnd = () -> result.completeExceptionally(
                new PoolClosedException(cluster.root().name(), "was closed while this waited"));
        cluster.sleepers().add(onEnd);
        cluster.root()
                .schedule(
                        () -> {
                            if (cluster.sleepers().remove(onEnd)) {
                                step(result);
                            }
                        },
                        Duration.ofNanos(nanos));
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    // ---- what follows an error

    /** How long to wait before the next try; empty if there is none. */
    private OptionalLong afterwards(ClusterNode node, Throwable failure) {
        asking = false;
        if (failure instanceof PoolClosedException closed) {
            return closed.pool().equals(node.poolName())
                            && cluster.root().isServing()
                            && redirects++ < cluster.maxRedirects()
                    ? again(0)
                    : OptionalLong.empty();
        }
        if (failure instanceof AcquireTimeoutException) {
            cluster.watch().request();
        }
        if (!(failure instanceof OperationFailedException failed) || isDoneInPart(failed)) {
            return OptionalLong.empty();
        }
        RedisCommandExecutionException said = RedisClassifier.find(failed, RedisCommandExecutionException.class);
        if (said == null) {
            if (failed.verdict().connection() != ConnectionFate.KEEP) {
                cluster.watch().request(); // a node that dies loses its connections first
            }
            return OptionalLong.empty();
        }
        Optional<Redirect> redirect = Redirect.parse(String.valueOf(said.getMessage()), node.address());
        if (redirect.isPresent()) {
            return redirects++ < cluster.maxRedirects() ? follow(redirect.get()) : OptionalLong.empty();
        }
        return NOT_NOW.contains(RedisClassifier.prefix(said)) ? backOff() : OptionalLong.empty();
    }

    private static boolean isDoneInPart(OperationFailedException failed) {
        return failed instanceof BulkException bulk && bulk.result().applied() > 0;
    }

    private OptionalLong follow(Redirect redirect) {
        if (redirect.once()) {
            sentTo = cluster.nodes().expected(redirect.node());
            asking = true;
        } else {
            sentTo = cluster.nodes().moved(redirect.slot(), redirect.node());
            cluster.watch().request();
        }
        // The nodes may need a moment to agree when they send it to and fro.
        return again(redirects < 3 ? 0 : FIRST_BACKOFF_NANOS * redirects);
    }

    private OptionalLong backOff() {
        redirects = 0;
        cluster.watch().request();
        long most = Math.min(LONGEST_BACKOFF_NANOS, FIRST_BACKOFF_NANOS << Math.min(refusals++, 16));
        return again(most / 2 + (long) (most / 2.0 * cluster.random().nextDouble()));
    }

    private OptionalLong again(long pauseNanos) {
        return deadline.remainingNanos() > pauseNanos && cluster.root().isServing()
                ? OptionalLong.of(pauseNanos)
                : OptionalLong.empty();
    }
}
