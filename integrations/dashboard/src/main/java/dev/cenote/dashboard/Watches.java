package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.Pool;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Looks at all pools, as they come and go. {@link #tick} runs on one thread, the rest on any.
 */
final class Watches {
    private static final System.Logger LOG = System.getLogger("dev.cenote.dashboard");

    /** So many ticks are a second. */
    private static final int TICKS = 4;

    private final Supplier<? extends Map<String, ? extends Pool<?>>> pools;
    private final boolean acquireEvents;
    private final Streams streams;
    private final ConcurrentSkipListMap<String, Watch> byName = new ConcurrentSkipListMap<>();
    private int ticks;
    private boolean closed;

    Watches(Supplier<? extends Map<String, ? extends Pool<?>>> pools, boolean acquireEvents, Streams streams) {
        this.pools = pools;
        this.acquireEvents = acquireEvents;
        this.streams = streams;
    }

    /** As {@link #tick}; what is thrown is logged, since the next tick may do better. */
    void tickSafely() {
        try {
            tick();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "the dashboard could not look at the pools", failure);
        }
    }

    /** A quarter of a second has passed. */
    void tick() {
        streams.dropSlow();
        if (ticks++ % TICKS == 0) {
            reconcile();
            byName.values().forEach(Watch::sample);
            if (!streams.isEmpty()) {
                streams.send("pools", Json.object().set("pools", snapshotArray()));
            }
        }
        // Taken also while nobody looks, so that who comes next is not told of what is long past.
        byName.values().forEach(watch -> watch.takeEvents().ifPresent(batch -> streams.send("events", batch)));
    }

    private void reconcile() {
        watch(pools.get());
    }

    /** A tick may be under way while the dashboard closes: none watches a pool after that. */
    private synchronized void watch(Map<String, ? extends Pool<?>> present) {
        if (closed) {
            return;
        }
        for (Iterator<Map.Entry<String, Watch>> each = byName.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Watch> entry = each.next();
            if (present.get(entry.getKey()) != entry.getValue().pool()) {
                each.remove();
                entry.getValue().end();
            }
        }
        present.forEach((name, pool) -> byName.computeIfAbsent(name, key -> new Watch(key, pool, acquireEvents)));
    }

    Optional<Watch> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Each pool as it is. */
    ObjectNode snapshots(boolean readOnly) {
        ObjectNode node = Json.object().put("readOnly", readOnly);
        node.set("pools", snapshotArray());
        return node;
    }

    /** What a stream begins with: as {@link #snapshots}. */
    Supplier<ObjectNode> hello(boolean readOnly) {
        return () -> snapshots(readOnly);
    }

    private ArrayNode snapshotArray() {
        return Json.array(List.copyOf(byName.values()), Watch::snapshot);
    }

    /** Lets go of the pools. */
    synchronized void close() {
        closed = true;
        byName.values().forEach(Watch::end);
        byName.clear();
    }
}
