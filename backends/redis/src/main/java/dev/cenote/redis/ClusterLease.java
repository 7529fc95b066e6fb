package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Savepoint;
import dev.cenote.protocols.Transaction;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.redis.ClusterCall.Surroundings;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lease of a cluster's pool, which gets its connection from the node of the first key that is used on it and stays there.
 * So the wait for the connection is part of the first operation, and a transaction needs not be told its node: it begins on
 * the connection, once there is one, which costs no round trip.
 */
final class ClusterLease implements Lease<RedisConnection> {
    private static final OptionalInt NO_SLOT = OptionalInt.empty();

    private final Surroundings cluster;
    /** How long the first operation may wait for the connection. */
    private final Duration patience;

    private @Nullable ClusterNode node;
    private OptionalInt boundSlot = NO_SLOT;
    private CrossSlotException.@Nullable Key boundKey;
    private @Nullable CompletableFuture<Lease<RedisConnection>> connection;
    private @Nullable Begun transaction;
    private boolean closed;

    ClusterLease(Surroundings cluster, Duration patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    // ---- its node

    /** Binds it to the node of {@code key}, with a lease of that node's pool. */
    ClusterLease bind(ClusterNode to, byte[] key, int slot, Lease<RedisConnection> lease) {
        node = to;
        boundKey = KeySlots.shown(key, slot);
        boundSlot = OptionalInt.of(slot);
        connection = CompletableFuture.completedFuture(lease);
        return this;
    }

    private void requireOpen() {
        if (closed) {
            throw new LeaseClosedException("the lease of pool " + cluster.root().name() + " has ended");
        }
    }

    private Deadline acquireBy(Deadline deadline) {
        Deadline own = cluster.root().acquireDeadline().within(patience);
        return own.earlier(deadline).earlier(Deadline.current());
    }

    /** True if it has its node; then {@code operation} must have its keys there. */
    private boolean isBoundFor(Operation<?, ?> operation, List<byte[]> keys, OptionalInt slot) {
        ClusterNode bound = node;
        if (bound == null) {
            return false;
        }
        if (slot.isEmpty() || slot.equals(boundSlot)) {
            return true;
        }
        CrossSlotException.Key key = KeySlots.shown(keys.get(0), slot.getAsInt());
        ClusterNode owner = cluster.nodes().owner(slot.getAsInt());
        if (owner != null && !owner.address().equals(bound.address())) {
            throw CrossSlotException.ofLease(operation.name(), bound.toString(), boundKey, key);
        }
        if (boundKey == null) {
            boundKey = key;
            boundSlot = slot;
        }
        return true;
    }

    private void note(ClusterNode to, List<byte[]> keys, OptionalInt slot) {
        node = to;
        boundSlot = slot;
        if (slot.isPresent()) {
            boundKey = KeySlots.shown(keys.get(0), slot.getAsInt());
        }
    }

    private ClusterNode nodeOf(OptionalInt slot) {
        ClusterNode owner = slot.isPresent() ? cluster.nodes().owner(slot.getAsInt()) : null;
        ClusterNode found = owner == null ? cluster.nodes().any() : owner;
        if (found == null) {
            throw new IllegalStateException("pool " + cluster.root().name() + " knows of no node");
        }
        return found;
    }

    private Lease<RedisConnection> connection(Operation<?, ?> operation, Deadline deadline) {
        requireOpen();
        List<byte[]> keys = KeySlots.keys(operation);
        OptionalInt slot = KeySlots.common(operation, keys);
        if (isBoundFor(operation, keys, slot)) {
            return joined();
        }
        Deadline acquireBy = acquireBy(deadline);
        cluster.watch().awaitKnown(acquireBy);
        for (int tries = 0; ; tries++) {
            ClusterNode found = nodeOf(slot);
            try {
                Lease<RedisConnection> lease = found.pool().acquire(acquireBy);
                connection = CompletableFuture.completedFuture(lease);
                note(found, keys, slot);
                beginOn(lease);
                return lease;
            } catch (PoolClosedException left) {
                if (!cluster.root().isServing() || tries >= cluster.maxRedirects()) {
                    throw left;
                }
            }
        }
    }

    private CompletableFuture<Lease<RedisConnection>> connectionAsync(Operation<?, ?> operation, Deadline deadline) {
        requireOpen();
        List<byte[]> keys = KeySlots.keys(operation);
        OptionalInt slot = KeySlots.common(operation, keys);
        CompletableFuture<Lease<RedisConnection>> present = connection;
        if (present != null && isBoundFor(operation, keys, slot)) {
            return present;
        }
        Deadline acquireBy = acquireBy(deadline);
        if (!cluster.watch().isKnown()) {
            return cluster.watch().whenKnown(acquireBy).thenCompose(nothing -> connectionAsync(operation, deadline));
        }
        ClusterNode found = nodeOf(slot);
        CompletableFuture<Lease<RedisConnection>> acquiring =
                found.pool().acquireAsync(acquireBy).thenApply(this::begun);
        connection = acquiring;
        note(found, keys, slot);
        return acquiring;
    }

    private Lease<RedisConnection> joined() {
        CompletableFuture<Lease<RedisConnection>> present = connection;
        if (present == null) {
            throw new IllegalStateException(
                    "the lease has no connection before its first operation: acquire it by RedisClusterPool.acquireFor");
        }
        try {
            return present.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException told ? told : new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AcquireInterruptedException(
                    cluster.root().name(), "interrupted while it waited for a connection");
        }
    }

    // ---- operations

    @Override
    public <R> R execute(Operation<? super RedisConnection, R> operation) {
        return execute(operation, Deadline.none());
    }

    @Override
    public <R> R execute(Operation<? super RedisConnection, R> operation, Deadline deadline) {
        Lease<RedisConnection> lease = connection(operation, deadline);
        return told(() -> lease.execute(operation, deadline));
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super RedisConnection, R> operation) {
        return executeAsync(operation, Deadline.none());
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super RedisConnection, R> operation, Deadline deadline) {
        CompletableFuture<Lease<RedisConnection>> acquiring;
        try {
            acquiring = connectionAsync(operation, deadline);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        var result = new CompletableFuture<R>();
        acquiring.whenComplete((lease, failure) -> {
            if (failure != null) {
                result.completeExceptionally(ClusterCall.unwrapped(failure));
                return;
            }
            if (result.isDone()) {
                return; // cancelled while it waited
            }
            CompletableFuture<R> running = lease.executeAsync(operation, deadline);
            result.whenComplete((value, thrown) -> {
                if (result.isCancelled()) {
                    running.cancel(false);
                }
            });
            running.whenComplete((value, thrown) -> {
                if (thrown == null) {
                    result.complete(value);
                } else {
                    Throwable error = ClusterCall.unwrapped(thrown);
                    tell(error);
                    result.completeExceptionally(error);
                }
            });
        });
        return result;
    }

    private <R> R told(Supplier<R> step) {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            tell(failure);
            throw failure;
        }
    }

    /** A slot that has moved is not followed on a lease, but noted. */
    private void tell(Throwable failure) {
        ClusterNode bound = node;
        RedisCommandExecutionException said = failure instanceof OperationFailedException
                ? RedisClassifier.find(failure, RedisCommandExecutionException.class)
                : null;
        if (said != null && bound != null) {
            Redirect.parse(String.valueOf(said.getMessage()), bound.address())
                    .filter(redirect -> !redirect.once())
                    .ifPresent(moved -> {
                        cluster.nodes().moved(moved.slot(), moved.node());
                        cluster.watch().request();
                    });
        }
    }

    // ---- transactions

    @Override
    public Transaction begin(TransactionOptions options) {
        return begin(options, Deadline.none());
    }

    @Override
    public Transaction begin(TransactionOptions options, Deadline deadline) {
        requireOpen();
        Begun open = transaction;
        if (open != null && open.isOpen()) {
            throw new TransactionException("a transaction is open on this lease already");
        }
        var begun = new Begun(options, deadline);
        transaction = begun;
        if (connection != null) {
            beginOn(joined());
        }
        return begun;
    }

    private Lease<RedisConnection> begun(Lease<RedisConnection> lease) {
        try {
            beginOn(lease);
            return lease;
        } catch (RuntimeException refused) {
            lease.close();
            throw refused;
        }
    }

    private void beginOn(Lease<RedisConnection> lease) {
        Begun begun = transaction;
        if (begun != null && begun.isOpen()) {
            begun.beginOn(lease);
        }
    }

    /** A transaction that begins on the connection as soon as there is one. */
    private final class Begun implements Transaction {
        private final TransactionOptions options;
        private final Deadline deadline;
        private @Nullable Transaction real;
        private boolean over;

        Begun(TransactionOptions options, Deadline deadline) {
            var unused = new RedisTransaction(options); // refuses what Redis has not
            this.options = options;
            this.deadline = deadline;
        }

        void beginOn(Lease<RedisConnection> lease) {
            if (real == null) {
                real = lease.begin(options, deadline);
            }
        }

        private void end(String how, Consumer<Transaction> step) {
            if (!isOpen()) {
                throw new TransactionException("cannot " + how + ": the transaction has ended");
            }
            over = true;
            Transaction begun = real;
            if (begun != null) {
                told(() -> {
                    step.accept(begun);
                    return begun;
                });
            }
        }

        @Override
        public void commit() {
            end("commit", Transaction::commit);
        }

        @Override
        public void rollback() {
            end("roll back", Transaction::rollback);
        }

        @Override
        public Savepoint savepoint() {
            throw new TransactionException("Redis has no savepoints");
        }

        @Override
        public boolean isUndoneWhenLost() {
            Transaction begun = real;
            return begun == null || begun.isUndoneWhenLost();
        }

        @Override
        public boolean isOpen() {
            Transaction begun = real;
            return !over && (begun == null || begun.isOpen());
        }

        @Override
        public void close() {
            over = true;
            if (real != null) {
                real.close();
            }
        }
    }

    // ---- the end

    @Override
    public void invalidate() {
        end(Lease::invalidate);
    }

    @Override
    public void close() {
        end(Lease::close);
    }

    private void end(Consumer<Lease<RedisConnection>> how) {
        closed = true;
        CompletableFuture<Lease<RedisConnection>> present = connection;
        if (present != null) {
            var unused = present.thenAccept(how);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    // ---- what it says of itself

    /** {@inheritDoc} Before the first operation that of any node, to which the lease is then bound; waits for it. */
    @Override
    public <T> T unwrap(Class<T> type) {
        return connection(RedisOperations.ping(), Deadline.none()).unwrap(type);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException before the first operation, unless it was acquired for a key
     */
    @Override
    public long connectionId() {
        return joined().connectionId();
    }

    /** {@inheritDoc} Of the node's pool; of the cluster's before the first operation. */
    @Override
    public long generation() {
        return connection == null ? cluster.root().generation() : joined().generation();
    }

    /** {@inheritDoc} Zero before the first operation. */
    @Override
    public Duration age() {
        return connection == null ? Duration.ZERO : joined().age();
    }

    @Override
    public String toString() {
        ClusterNode bound = node;
        return "Lease[" + cluster.root().name() + ", " + (bound == null ? "no node yet" : "node " + bound) + "]";
    }
}
