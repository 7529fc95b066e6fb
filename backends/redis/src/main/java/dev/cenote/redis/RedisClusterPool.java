package dev.cenote.redis;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Timeouts;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.WaitingCaller;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.events.PoolListener;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * A pool of connections to a Redis Cluster: for each node that has slots a {@link RedisPool} of its own, made when it is
 * first needed and closed when the node has no slots any more. Thread-safe.
 *
 * <pre>{@code
 * try (var pool = RedisClusterPool.builder().uri("redis-cluster://node1:6379,node2:6379").maxSize(10).build()) {
 *     Optional<String> value = pool.execute(get("key"));
 * }
 * }</pre>
 *
 * <p><b>Sizes are those of each node</b>: {@code maxSize(10)} allows 10 leases on each, and {@link #stats()} gives the sums.
 *
 * <p><b>Operations</b> run on the node of their key. What a node says of a slot that has moved (MOVED) or is on its way
 * (ASK) is followed, and what it refuses for the moment (TRYAGAIN, CLUSTERDOWN, MASTERDOWN) is tried again after a backoff,
 * all before a retry policy is asked, within the deadline: such a node has executed nothing. An operation whose keys lie in
 * several slots is refused by a {@link CrossSlotException} before anything is sent, save MGET, DEL, UNLINK, EXISTS and
 * TOUCH, which are sent as one for each slot. One without keys runs on any node; {@link #executeOnAll} runs it on all.
 *
 * <p><b>Leases and transactions</b> belong to one node, that of the first key that is used; {@link #acquireFor} says the key
 * at once. Operations on keys of other nodes are refused there. A lease does not follow a slot: its error says that nothing
 * was executed, so that a retry policy runs a transaction again on the right node.
 *
 * <p><b>Policies</b> are applied once: the retry policy with its budget round the whole call, a circuit breaker to each node
 * by itself.
 */
public final class RedisClusterPool extends ResilientPool<RedisConnection> {
    private final PoolEngine<RedisConnection> root;
    private final ClusterNodes nodes;
    private final ClusterWatch watch;
    private final ClusterCall.Surroundings cluster;
    private final RedisClusterPubSub pubSub;
    private final TimeSource clock;
    private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();

    RedisClusterPool(
            Parts<RedisConnection> parts,
            ClusterNodes nodes,
            ClusterWatch watch,
            int maxRedirects,
            Function<ClusterCall.Surroundings, RedisClusterPubSub> pubSub) {
        super(parts);
        this.root = parts.engine();
        this.nodes = nodes;
        this.watch = watch;
        this.clock = parts.runtime().clock();
        this.cluster =
                new ClusterCall.Surroundings(root, nodes, watch, parts.runtime().random(), maxRedirects, sleepers);
        this.pubSub = pubSub.apply(cluster);
        watch.begin(nodes);
    }

    /** A builder with the default of each option. */
    public static RedisClusterPoolBuilder builder() {
        return new RedisClusterPoolBuilder();
    }

    /** Publish and subscribe, on connections of their own. */
    public RedisClusterPubSub pubSub() {
        return pubSub;
    }

    // ---- operations

    @Override
    protected <R> R attempt(Operation<? super RedisConnection, R> operation, Deadline deadline) {
        refuseUnlessServing();
        OnNode<R> fixed = OnNode.of(operation);
        if (fixed != null) {
            return call(fixed.operation(), OptionalInt.empty(), deadline)
                    .on(fixed.node())
                    .run();
        }
        List<byte[]> keys = KeySlots.keys(operation);
        Optional<Split<R>> split = KeySlots.areInOne(keys) ? Optional.empty() : Split.of(operation);
        if (split.isEmpty()) {
            return call(operation, KeySlots.common(operation, keys), deadline).run();
        }
        IoThread.admitBlocking(operation.name());
        return await(operation.name(), start(split.get(), deadline));
    }

    @Override
    protected <R> CompletableFuture<R> attemptAsync(
            Operation<? super RedisConnection, R> operation, Deadline deadline) {
        try {
            refuseUnlessServing();
            OnNode<R> fixed = OnNode.of(operation);
            if (fixed != null) {
                return call(fixed.operation(), OptionalInt.empty(), deadline)
                        .on(fixed.node())
                        .start();
            }
            List<byte[]> keys = KeySlots.keys(operation);
            Optional<Split<R>> split = KeySlots.areInOne(keys) ? Optional.empty() : Split.of(operation);
            return split.isEmpty()
                    ? call(operation, KeySlots.common(operation, keys), deadline)
                            .start()
                    : start(split.get(), deadline);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private <R> ClusterCall<R> call(
            Operation<? super RedisConnection, R> operation, OptionalInt slot, Deadline deadline) {
        return new ClusterCall<>(cluster, operation, slot, deadline);
    }

    private <R> CompletableFuture<R> start(Split<R> split, Deadline deadline) {
        return split.start(part ->
                call(part.operation(), OptionalInt.of(part.slot()), deadline).start());
    }

    private static <R> R await(String name, CompletableFuture<R> running) {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error grave) {
                throw grave;
            }
            throw failed.getCause() instanceof RuntimeException told ? told : new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            running.cancel(false);
            Thread.currentThread().interrupt();
            throw new OperationFailedException(name, new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN), interrupted);
        }
    }

    /** Fails as any pool does that is paused or closed. */
    private void refuseUnlessServing() {
        if (!root.isServing()) {
            root.tryAcquire().ifPresent(Lease::close);
            throw new PoolClosedException(root.name(), "is closed or drains");
        }
    }

    /**
     * Runs {@code operation} on every node that has slots, with the pool's policies on each, and blocks until all have
     * answered: for what concerns a node and not a key, such as DBSIZE, FLUSHALL or SCRIPT LOAD.
     *
     * @return the results by node
     * @throws OperationFailedException if it failed on a node; on others it may have been executed
     */
    public <R> Map<HostAndPort, R> executeOnAll(Operation<? super RedisConnection, R> operation) {
        IoThread.admitBlocking(operation.name());
        return await(operation.name(), executeOnAllAsync(operation));
    }

    /** As {@link #executeOnAll}, without blocking. */
    public <R> CompletableFuture<Map<HostAndPort, R>> executeOnAllAsync(
            Operation<? super RedisConnection, R> operation) {
        Deadline deadline = Deadline.after(callTimeout(), clock).earlier(Deadline.current());
        return watch.whenKnown(deadline).thenCompose(nothing -> {
            var running = new LinkedHashMap<HostAndPort, CompletableFuture<R>>();
            nodes.masters()
                    .forEach(
                            node -> running.put(node.address(), executeAsync(new OnNode<>(operation, node), deadline)));
            return CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
                    .thenApply(done -> {
                        var results = new LinkedHashMap<HostAndPort, R>();
                        running.forEach((node, result) -> results.put(node, result.join()));
                        return results;
                    });
        });
    }

    // ---- leases

    /** {@inheritDoc} It has its connection from the first operation on, which waits for it; see {@link #acquireFor}. */
    @Override
    public Lease<RedisConnection> acquire() {
        return super.acquire();
    }

    @Override
    protected Lease<RedisConnection> take() {
        return unbound(root.timeouts().acquire());
    }

    @Override
    protected Lease<RedisConnection> take(Deadline deadline) {
        return unbound(deadline.remaining());
    }

    @Override
    protected CompletableFuture<Lease<RedisConnection>> takeAsync(Deadline deadline) {
        try {
            return CompletableFuture.completedFuture(unbound(deadline.remaining()));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Lease<RedisConnection> unbound(Duration patience) {
        refuseUnlessServing();
        return new ClusterLease(cluster, patience);
    }

    /** {@inheritDoc} Of any node that has an idle one. */
    @Override
    protected Optional<Lease<RedisConnection>> takeAtOnce() {
        refuseUnlessServing();
        for (RedisPool pool : nodes.pools().values()) {
            Optional<Lease<RedisConnection>> idle = pool.tryAcquire();
            if (idle.isPresent()) {
                return idle;
            }
        }
        return Optional.empty();
    }

    /** As {@link #acquire()}, of the node of {@code key}, waiting here. */
    public Lease<RedisConnection> acquireFor(String key) {
        return acquireFor(key, root.acquireDeadline());
    }

    /** As {@link #acquireFor(String)}, waiting until {@code deadline} instead. */
    public Lease<RedisConnection> acquireFor(String key, Deadline deadline) {
        refuseUnlessServing();
        watch.awaitKnown(deadline);
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int slot = SlotHash.getSlot(bytes);
        for (int tries = 0; ; tries++) {
            ClusterNode owner = nodes.owner(slot);
            ClusterNode node = owner == null ? nodes.any() : owner;
            if (node == null) {
                throw new IllegalStateException("pool " + name() + " knows of no node");
            }
            try {
                return new ClusterLease(cluster, deadline.remaining())
                        .bind(node, bytes, slot, node.pool().acquire(deadline));
            } catch (PoolClosedException left) {
                if (!root.isServing() || tries >= cluster.maxRedirects()) {
                    throw left;
                }
            }
        }
    }

    // ---- what it says of itself

    /** The node that has the slot of {@code key}, as far as is known; empty before the first operation. */
    public Optional<HostAndPort> nodeOf(String key) {
        return Optional.ofNullable(nodes.owner(SlotHash.getSlot(key))).map(ClusterNode::address);
    }

    /**
     * {@inheritDoc} The sums of those of the nodes' pools, which {@link #nodeStats()} has one by one. Attempts, retries and
     * budget are those of the calls of this pool; circuits are the nodes' and stand in their figures alone.
     */
    @Override
    public PoolStats stats() {
        return nodes.stats(super.stats());
    }

    /** The figures of each node's pool, of those that have been needed. */
    public Map<HostAndPort, PoolStats> nodeStats() {
        var stats = new LinkedHashMap<HostAndPort, PoolStats>();
        nodes.pools().forEach((node, pool) -> stats.put(node, pool.stats()));
        return stats;
    }

    /** The pools of the nodes that have been needed. */
    Map<HostAndPort, RedisPool> nodePools() {
        return nodes.pools();
    }

    /** What the shared connections of each node's pool do. */
    public Map<HostAndPort, SharedLaneStats> sharedLanes() {
        var stats = new LinkedHashMap<HostAndPort, SharedLaneStats>();
        nodes.pools().forEach((node, pool) -> stats.put(node, pool.sharedLane()));
        return stats;
    }

    /** The circuit of each node, if nodes have one. */
    public Map<HostAndPort, Circuit> circuits() {
        var circuits = new LinkedHashMap<HostAndPort, Circuit>();
        nodes.pools().forEach((node, pool) -> pool.circuit().ifPresent(circuit -> circuits.put(node, circuit)));
        return circuits;
    }

    /** How often the topology has been read since the pool was built. */
    public long topologyReadings() {
        return watch.readings();
    }

    /** {@inheritDoc} Degraded if a node is not well, down if none is. */
    @Override
    public Health health() {
        Health own = root.health();
        if (own.status() != Health.Status.UP) {
            return own;
        }
        Map<HostAndPort, RedisPool> pools = nodes.pools();
        var unwell = new ArrayList<String>();
        int down = 0;
        for (RedisPool pool : pools.values()) {
            Health health = pool.health();
            if (health.status() != Health.Status.UP) {
                unwell.add(health.reason());
            }
            if (health.status() == Health.Status.DOWN) {
                down++;
            }
        }
        if (unwell.isEmpty()) {
            return own;
        }
        boolean all = down == pools.size();
        return new Health(
                all ? Health.Status.DOWN : Health.Status.DEGRADED,
                "pool " + name() + ": " + unwell.size() + " of " + pools.size() + " nodes not well: "
                        + String.join("; ", unwell));
    }

    /** {@inheritDoc} Suspicions and waiters are those of the nodes' pools. */
    @Override
    public PoolReport report() {
        List<PoolReport> reports = nodes.all().stream().map(RedisPool::report).toList();
        return new PoolReport(
                stats(),
                health(),
                reports.stream().flatMap(report -> report.suspicions().stream()).toList(),
                holders(),
                reports.stream()
                        .flatMap(report -> report.waiters().stream())
                        .sorted(Comparator.comparing(WaitingCaller::waited).reversed())
                        .toList(),
                reports.stream()
                        .flatMap(report -> report.lastConnectFailure().stream())
                        .findFirst());
    }

    @Override
    public List<Holder> holders() {
        return nodes.all().stream()
                .flatMap(pool -> pool.holders().stream())
                .sorted(Comparator.comparing(Holder::age).reversed())
                .toList();
    }

    /** {@inheritDoc} Those of one node after those of another. */
    @Override
    public List<SlotView> slots() {
        return nodes.all().stream().flatMap(pool -> pool.slots().stream()).toList();
    }

    /** {@inheritDoc} Events name the node's pool, the pool's name and the address, those of the whole the pool alone. */
    @Override
    public void addListener(PoolListener listener) {
        super.addListener(listener);
        nodes.addListener(listener);
    }

    @Override
    public void removeListener(PoolListener listener) {
        super.removeListener(listener);
        nodes.removeListener(listener);
    }

    // ---- its life

    @Override
    public void timeouts(Timeouts timeouts) {
        nodes.change(() -> super.timeouts(timeouts), pool -> pool.timeouts(timeouts));
    }

    /** {@inheritDoc} Reads the topology again too. */
    @Override
    public void clear(InUse inUse) {
        nodes.change(() -> super.clear(inUse), pool -> pool.clear(inUse));
        watch.request();
    }

    @Override
    public void pause(InUse inUse) {
        nodes.change(() -> super.pause(inUse), pool -> pool.pause(inUse));
    }

    @Override
    public void ready() {
        nodes.change(super::ready, RedisPool::ready);
    }

    /** {@inheritDoc} The bounds are those of each node. */
    @Override
    public void resize(int minSize, int maxSize) {
        Check.sizes(minSize, maxSize);
        super.resize(0, maxSize);
        nodes.resize(minSize, maxSize);
    }

    /** {@inheritDoc} All nodes within the one time. */
    @Override
    public boolean drain(Duration timeout) {
        Deadline deadline = Deadline.after(timeout, clock);
        boolean drained = super.drain(timeout);
        for (RedisPool pool : nodes.all()) {
            drained &= pool.drain(deadline.remaining());
        }
        end();
        return drained;
    }

    @Override
    public void close() {
        super.close();
        end();
    }

    private void end() {
        watch.end();
        nodes.close();
        for (Runnable sleeper : sleepers) {
            if (sleepers.remove(sleeper)) {
                sleeper.run();
            }
        }
    }
}
