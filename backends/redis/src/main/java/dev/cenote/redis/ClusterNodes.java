package dev.cenote.redis;

import dev.cenote.PoolBuilder.Design;
import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.ResilientPool.Parts;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.events.PoolListener;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster that have slots, each with a pool of its own, and which slots they have. Thread-safe: to find the
 * node of a slot costs no lock, to change anything does.
 *
 * <p>What a node says in a redirect holds at once for that slot; the rest is learned by reading the topology. A view that
 * was read before a node was named does not make that node leave. An old view may give a slot back to its last node for a
 * moment, which the next redirect mends.
 */
final class ClusterNodes {
    /** What every node's pool is made of. */
    record Recipe(
            Design design,
            Classifier classifier,
            RedisTarget target,
            LaneOptions lane,
            Duration heartbeat,
            Optional<Function<? super HostAndPort, ? extends Circuit>> circuits) {}

    /** How long a node without slots that expects one may stay. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Recipe recipe;
    private final PoolEngine<RedisConnection> root;
    private final LettuceClient client;
    private final PoolListener watch;
    private final AtomicReferenceArray<@Nullable ClusterNode> slots = new AtomicReferenceArray<>(SlotHash.SLOT_COUNT);
    private final AtomicInteger next = new AtomicInteger();
    private final List<PoolListener> listeners = new CopyOnWriteArrayList<>();

    /** Orders what happens to the pools: a new one must not miss a change that all others were told of. */
    private final ReentrantLock life = new ReentrantLock();

    private final Map<HostAndPort, ClusterNode> nodes = new HashMap<>();
    private final List<RedisPool> leaving = new ArrayList<>();
    private final ClusterTotals gone = new ClusterTotals();
    private int minSize;
    private int maxSize;
    private boolean closed;
    private volatile List<ClusterNode> masters = List.of();
    private volatile Set<HostAndPort> replicas = Set.of();

    ClusterNodes(Recipe recipe, PoolEngine<RedisConnection> root, LettuceClient client, PoolListener watch) {
        this.recipe = recipe;
        this.root = root;
        this.client = client;
        this.watch = watch;
        this.minSize = recipe.design().options().minSize();
        this.maxSize = recipe.design().options().maxSize();
    }

    // ---- who has what

    /** Who has that slot, as far as it is known. */
    @Nullable
    ClusterNode owner(int slot) {
        return slots.get(slot);
    }

    /** One after another; none before the topology is known. */
    @Nullable
    ClusterNode any() {
        List<ClusterNode> all = masters;
        return all.isEmpty() ? null : all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }

    List<ClusterNode> masters() {
        return masters;
    }

    /** A node that gets a slot, as the node that still has the slot says. */
    ClusterNode expected(HostAndPort address) {
        life.lock();
        try {
            ClusterNode node = nodes.computeIfAbsent(address, this::node);
            node.expected(clock().nanoTime());
            return node;
        } finally {
            life.unlock();
        }
    }

    /** A node that has slots. */
    private ClusterNode named(HostAndPort address) {
        ClusterNode node = nodes.computeIfAbsent(address, this::node);
        node.named(clock().nanoTime());
        if (!masters.contains(node)) {
            var more = new ArrayList<>(masters);
            more.add(node);
            masters = List.copyOf(more);
        }
        return node;
    }

    private ClusterNode node(HostAndPort address) {
        long now = clock().nanoTime();
        return new ClusterNode(address, root.name() + "/" + address, now - PATIENCE_NANOS, life, () -> pool(address));
    }

    private TimeSource clock() {
        return recipe.design().runtime().clock();
    }

    /** A slot was found to be on another node. */
    ClusterNode moved(int slot, HostAndPort address) {
        life.lock();
        try {
            ClusterNode node = named(address);
            slots.set(slot, node);
            return node;
        } finally {
            life.unlock();
        }
    }

    /** Takes over what a node told. Who has no slots any more leaves, and its pool is closed. */
    void apply(ClusterView view, long askedNanos) {
        List<ClusterNode> departed;
        life.lock();
        try {
            int free = 0;
            var ranges = new ArrayList<>(view.ranges());
            ranges.sort((one, other) -> Integer.compare(one.first(), other.first()));
            for (ClusterView.Range range : ranges) {
                ClusterNode master = named(range.master());
                give(free, range.first() - 1, null);
                give(range.first(), range.last(), master);
                free = range.last() + 1;
            }
            give(free, SlotHash.SLOT_COUNT - 1, null);
            replicas = Set.copyOf(view.replicas());
            departed = nodes.values().stream()
                    .filter(node -> !node.isWanted(askedNanos, PATIENCE_NANOS))
                    .toList();
            departed.forEach(node -> nodes.remove(node.address(), node));
            masters = masters.stream()
                    .filter(node -> node.wasNamedSince(askedNanos))
                    .toList();
            departed.forEach(node -> node.leave().ifPresent(leaving::add));
        } finally {
            life.unlock();
        }
        departed.forEach(node -> node.started().ifPresent(pool -> root.workers().execute(pool::close)));
        if (minSize > 0 && root.isServing()) {
            masters.forEach(ClusterNode::pool);
        }
    }

    private void give(int first, int last, @Nullable ClusterNode node) {
        for (int slot = first; slot <= last; slot++) {
            slots.set(slot, node);
        }
    }

    /** Whom to ask for the topology: another each time, {@code seeds} when no other answers, {@code suspects} last. */
    List<HostAndPort> candidates(List<HostAndPort> seeds, Set<HostAndPort> suspects) {
        var shuffled = new ArrayList<HostAndPort>();
        masters.forEach(node -> shuffled.add(node.address()));
        shuffled.addAll(replicas);
        Collections.rotate(shuffled, next.getAndIncrement());
        var all = new LinkedHashSet<>(shuffled);
        all.addAll(seeds);
        all.removeAll(suspects);
        all.addAll(suspects.stream()
                .filter(address -> shuffled.contains(address) || seeds.contains(address))
                .toList());
        return List.copyOf(all);
    }

    // ---- their pools

    private RedisPool pool(HostAndPort address) {
        life.lock();
        try {
            if (closed) {
                throw new PoolClosedException(root.name(), "is closed");
            }
            Design design = recipe.design();
            PoolOptions options = design.options().with(root.name() + "/" + address, minSize, maxSize);
            var connector = RedisConnector.keeping(recipe.target().at(address), options, client);
            var engine =
                    new PoolEngine<>(options, connector, recipe.classifier(), design.runtime(), design.listeners());
            engine.addListener(watch);
            Optional<Circuit> circuit = recipe.circuits().map(byHost -> byHost.apply(address));
            var parts = new Parts<>(
                    engine, Optional.empty(), circuit, design.hedge(), design.callTimeout(), design.runtime());
            var pool = new RedisPool(parts, connector, recipe.lane(), recipe.heartbeat());
            listeners.forEach(pool::addListener);
            pool.timeouts(root.timeouts());
            if (root.isServing()) {
                pool.ready();
            } else {
                pool.pause();
            }
            return pool;
        } finally {
            life.unlock();
        }
    }

    /** Makes a change to the pools that there are, and notes it for those to come. */
    void change(Runnable noted, Consumer<RedisPool> change) {
        life.lock();
        try {
            noted.run();
            pools().values().forEach(change);
        } finally {
            life.unlock();
        }
    }

    void resize(int newMinSize, int newMaxSize) {
        change(
                () -> {
                    minSize = newMinSize;
                    maxSize = newMaxSize;
                },
                pool -> pool.resize(newMinSize, newMaxSize));
    }

    void addListener(PoolListener listener) {
        change(() -> listeners.add(listener), pool -> pool.addListener(listener));
    }

    void removeListener(PoolListener listener) {
        change(() -> listeners.remove(listener), pool -> pool.removeListener(listener));
    }

    /** The pools that there are, of nodes that have slots. */
    Map<HostAndPort, RedisPool> pools() {
        life.lock();
        try {
            var pools = new TreeMap<HostAndPort, RedisPool>(
                    (one, other) -> one.toString().compareTo(other.toString()));
            nodes.values().forEach(node -> node.started().ifPresent(pool -> pools.put(node.address(), pool)));
            return pools;
        } finally {
            life.unlock();
        }
    }

    /** All pools that still have connections, those of nodes that have left included. */
    List<RedisPool> all() {
        life.lock();
        try {
            var all = new ArrayList<>(pools().values());
            all.addAll(leaving);
            return all;
        } finally {
            life.unlock();
        }
    }

    /** The figures of all together; {@code whole} are those of the cluster's own pool, with its policies. */
    PoolStats stats(PoolStats whole) {
        life.lock();
        try {
            leaving.removeIf(pool -> {
                PoolStats last = pool.stats();
                boolean ended = last.size() == 0;
                if (ended) {
                    gone.add(last, false);
                }
                return ended;
            });
            var totals = new ClusterTotals();
            totals.add(gone.stats(whole), false);
            all().forEach(pool -> totals.add(pool.stats(), true));
            return totals.stats(whole);
        } finally {
            life.unlock();
        }
    }

    /** Closes all. What is on loan ends when it is returned. */
    void close() {
        List<ClusterNode> last;
        life.lock();
        try {
            closed = true;
            last = List.copyOf(nodes.values());
            last.forEach(ClusterNode::leave);
        } finally {
            life.unlock();
        }
        last.forEach(node -> node.started().ifPresent(RedisPool::close));
    }

    static HostAndPort withPort(HostAndPort address) {
        return new HostAndPort(address.host(), OptionalInt.of(address.port().orElse(RedisTarget.REDIS_PORT)));
    }
}
