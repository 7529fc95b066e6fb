package dev.cenote.micrometer;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The figures of a pool as meters of Micrometer, by the names of OpenTelemetry's semantic conventions for database clients,
 * and as an option by those that dashboards for HikariCP and Spring Boot know. {@code docs/metrics.md} lists them.
 *
 * <pre>{@code
 * PoolMetrics.bind(pool, registry); // until the pool is closed
 *
 * PoolMetrics metrics = PoolMetrics.builder(pool)
 *         .tags("team", "orders")
 *         .hikariNames(true)
 *         .build(); // a MeterBinder
 * }</pre>
 *
 * <p>An acquire costs nothing more for it, save that the pool measures one of 32 uses. Counters and gauges read a snapshot of
 * {@link Pool#stats}, at most a tenth of a second old, when they are scraped. Waits, uses and connects are carried from the
 * pool's own distributions into timers each second, on one daemon thread that all bound pools share, and whenever a scrape
 * takes a new snapshot: each duration as the middle of its bucket (which is an eighth of a power of two wide), corrected so
 * that what took less than a microsecond does not add up. Past 10,000 durations of a kind at a time, an even share of each
 * bucket is carried, what is left of it the next time, and the longest always; then a timer counts fewer than there were, and
 * its percentiles stay right. The exact number of acquires is {@code cenote.pool.acquired}.
 *
 * <p>Counters and timers have what happened since the pool was made, not since it was bound. Closing the pool takes its meters
 * out of the registries, closing this does so earlier; either ends what the pool was asked to measure, and the last one the
 * thread. Thread-safe; nothing here waits for a connection or asks a server.
 */
public final class PoolMetrics implements MeterBinder, AutoCloseable {
    private final Pool<?> pool;
    private final Options options;
    private final List<BoundPool> bound = new CopyOnWriteArrayList<>();
    private boolean closed;

    private PoolMetrics(Pool<?> pool, Options options) {
        this.pool = pool;
        this.options = options;
    }

    /**
     * Publishes the figures of {@code pool} in {@code registry}, with all defaults.
     *
     * @return to be closed to end that before the pool is closed
     * @throws ConfigurationException if that registry has a pool of that name already
     */
    public static PoolMetrics bind(Pool<?> pool, MeterRegistry registry) {
        return builder(pool).bind(registry);
    }

    /** A builder for {@code pool}, with all defaults. */
    public static Builder builder(Pool<?> pool) {
        return new Builder(pool);
    }

    /**
     * Publishes the figures in {@code registry} too. Does nothing if the pool is closed.
     *
     * @throws ConfigurationException if that registry has a pool of that name, with the same tags, already
     * @throws IllegalStateException if this is closed
     */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (closed) {
            throw new IllegalStateException("the metrics of pool " + pool.name() + " are closed");
        }
        bound.add(BoundPool.bind(pool, options, registry));
    }

    /** Brings all meters up to date now. */
    public void flush() {
        bound.forEach(BoundPool::flush);
    }

    /** Takes the meters out of all registries and leaves the pool unobserved. Harmless when repeated. */
    @Override
    public synchronized void close() {
        closed = true;
        bound.forEach(BoundPool::close);
        bound.clear();
    }

    @Override
    public String toString() {
        return "PoolMetrics[" + pool.name() + "]";
    }

    /** What is published, and how. */
    record Options(Tags tags, boolean hikariNames, boolean bootNames, boolean operations) {}

    /** Builds {@link PoolMetrics}. Not thread-safe. */
    public static final class Builder {
        private final Pool<?> pool;
        private Tags tags = Tags.empty();
        private boolean hikariNames;
        private boolean bootNames;
        private boolean operations = true;

        private Builder(Pool<?> pool) {
            this.pool = Objects.requireNonNull(pool, "pool");
        }

        /**
         * Tags for all meters of this pool, besides those that they have; default none. Where meters go to Prometheus, all
         * pools must have tags of the same keys.
         *
         * @param keysAndValues keys and values by turns
         * @throws IllegalArgumentException if there is a key without a value
         */
        public Builder tags(String... keysAndValues) {
            return tags(Tags.of(keysAndValues));
        }

        /** As {@link #tags(String...)}. */
        public Builder tags(Iterable<? extends Tag> more) {
            tags = tags.and(more);
            return this;
        }

        /** Whether to publish {@code hikaricp.connections} and its like too, as HikariCP does; default false. */
        public Builder hikariNames(boolean publish) {
            hikariNames = publish;
            return this;
        }

        /** Whether to publish {@code jdbc.connections.active} and its like too, as Spring Boot does; default false. */
        public Builder bootNames(boolean publish) {
            bootNames = publish;
            return this;
        }

        /**
         * Whether to measure operations, as {@code db.client.operation.duration}; default true. Only pools that have policies
         * can be measured so, which all pools of the backends can. It costs each operation two readings of the clock and a
         * look-up, and each acquire a lease that tells of what runs on it.
         */
        public Builder operations(boolean measure) {
            operations = measure;
            return this;
        }

        /** The metrics, bound to no registry yet. */
        public PoolMetrics build() {
            return new PoolMetrics(pool, new Options(tags, hikariNames, bootNames, operations));
        }

        /**
         * The metrics, bound to {@code registry}.
         *
         * @throws ConfigurationException if that registry has a pool of that name, with the same tags, already
         */
        public PoolMetrics bind(MeterRegistry registry) {
            PoolMetrics metrics = build();
            metrics.bindTo(registry);
            return metrics;
        }
    }
}
