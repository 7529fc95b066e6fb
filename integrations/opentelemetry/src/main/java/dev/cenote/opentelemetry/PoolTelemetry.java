package dev.cenote.opentelemetry;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells OpenTelemetry of pools: metrics of each pool and of its operations, and a span for each operation, by the <a
 * href="https://opentelemetry.io/docs/specs/semconv/database/">semantic conventions for databases</a>, version 1.33.0.
 * Thread-safe.
 *
 * <pre>{@code
 * PoolTelemetry telemetry = PoolTelemetry.create(GlobalOpenTelemetry.get());
 * try (var pool = PostgresPool.builder().uri("postgres://localhost/test").name("orders").build();
 *         var registration = telemetry.register(pool)) {
 *     pool.execute(Sql.query("select 1", row -> row.getInt(1)));
 * }
 * }</pre>
 *
 * <p>An acquire is not told of: the pool counts, and its figures are read each second, on one daemon thread for all pools,
 * and at each collection. The times of connections ({@code db.client.connection.create_time}, {@code wait_time}, {@code
 * use_time}) so come from the pool's distributions: each value is the middle of a bucket an eighth of a power of two wide, one
 * of less than a microsecond is 0, and of more than 10,000 between two readings a proportional sample of 10,000 is recorded;
 * {@code cenote.pool.acquired} counts them all. Use times are {@linkplain dev.cenote.protocols.PoolStats#uses measured} of one
 * lease in 32, which counts as 32, and of each that had to wait.
 *
 * <p>While operations are measured or spans are made, calls have an {@linkplain dev.cenote.protocols.CallObserver observer}.
 * Spans are not made current: what a driver's own instrumentation makes is beside them, not below. Neither parameters, keys of
 * Redis, statements nor messages of errors are told.
 */
public final class PoolTelemetry {
    private final @Nullable Instruments instruments;
    private final @Nullable DoubleHistogram duration;
    private final @Nullable Tracer tracer;
    private final Function<? super Operation<?, ?>, Optional<String>> querySummary;
    private final ScheduledExecutorService ticker;
    private final Set<Pool<?>> pools = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private PoolTelemetry(Builder builder) {
        Meter meter = meter(builder.openTelemetry);
        Tracer made = tracer(builder.openTelemetry);
        this.instruments = builder.poolMetrics && meter != null ? new Instruments(meter) : null;
        this.duration = builder.operationMetrics && meter != null
                ? Instruments.histogram(meter, Conventions.DURATION, Conventions.DURATION_DESCRIPTION)
                : null;
        this.tracer = builder.spans ? made : null;
        this.querySummary = builder.querySummary;
        this.ticker = builder.ticker;
    }

    /** Null if it does nothing: then nothing is to be measured for it. */
    private static @Nullable Meter meter(OpenTelemetry openTelemetry) {
        Meter meter = openTelemetry
                .meterBuilder(Conventions.SCOPE)
                .setSchemaUrl(Conventions.SCHEMA_URL)
                .build();
        return meter.getClass() == MeterProvider.noop().get(Conventions.SCOPE).getClass() ? null : meter;
    }

    private static @Nullable Tracer tracer(OpenTelemetry openTelemetry) {
        Tracer tracer = openTelemetry
                .tracerBuilder(Conventions.SCOPE)
                .setSchemaUrl(Conventions.SCHEMA_URL)
                .build();
        return tracer.getClass() == TracerProvider.noop().get(Conventions.SCOPE).getClass() ? null : tracer;
    }

    /** Tells {@code openTelemetry} all that there is to tell. It is the caller's to close. */
    public static PoolTelemetry create(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /** A builder, to tell {@code openTelemetry} less. */
    public static Builder builder(OpenTelemetry openTelemetry) {
        return new Builder(openTelemetry);
    }

    /**
     * Tells of {@code pool}, as {@code db.client.connection.pool.name} by its name, which no other pool should have. Counters
     * begin with the pool's life, times of connections with this call. Calls are told of pools that are {@link
     * ResilientPool}s, as those of all backends are.
     *
     * <p>A pool that is closed needs no closing here: once its last figures were collected, it is forgotten.
     *
     * @return ends it when closed
     * @throws IllegalArgumentException if it is registered already
     */
    public Registration register(Pool<?> pool) {
        if (!pools.add(Objects.requireNonNull(pool, "pool"))) {
            throw new IllegalArgumentException("pool must not be registered already, was " + pool.name());
        }
        PoolMetrics metrics = instruments == null ? null : new PoolMetrics(instruments, pool, ticker);
        var registered = new Registered(pool, metrics, observer(pool));
        if (metrics != null) {
            metrics.begin(registered::close);
        }
        return registered;
    }

    private @Nullable CallObserver observer(Pool<?> pool) {
        if (!(pool instanceof ResilientPool<?> observable) || (duration == null && tracer == null)) {
            return null;
        }
        var calls = new CallTelemetry(pool, new CallNames(pool.database(), querySummary), duration, tracer);
        observable.addObserver(calls);
        return calls;
    }

    /** A pool that is told of. Thread-safe. */
    public interface Registration extends AutoCloseable {
        /** Ends it: from now on, nothing of the pool is measured or told. Harmless when repeated. */
        @Override
        void close();
    }

    private final class Registered implements Registration {
        private final Pool<?> pool;
        private final @Nullable PoolMetrics metrics;
        private final @Nullable CallObserver observer;
        private final AtomicBoolean closed = new AtomicBoolean();

        Registered(Pool<?> pool, @Nullable PoolMetrics metrics, @Nullable CallObserver observer) {
            this.pool = pool;
            this.metrics = metrics;
            this.observer = observer;
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            if (observer != null && pool instanceof ResilientPool<?> observable) {
                observable.removeObserver(observer);
            }
            if (metrics != null) {
                metrics.close();
            }
            pools.remove(pool);
        }
    }

    /** Builds a {@link PoolTelemetry} that tells less than all. Not thread-safe. */
    public static final class Builder {
        private final OpenTelemetry openTelemetry;
        private boolean poolMetrics = true;
        private boolean operationMetrics = true;
        private boolean spans = true;
        private Function<? super Operation<?, ?>, Optional<String>> querySummary = operation -> Optional.empty();
        private ScheduledExecutorService ticker = Ticker.SHARED;

        private Builder(OpenTelemetry openTelemetry) {
            this.openTelemetry = Objects.requireNonNull(openTelemetry, "openTelemetry");
        }

        /** Whether to tell how pools are: {@code db.client.connection.*} and {@code cenote.pool.*}. Default: true. */
        public Builder poolMetrics(boolean told) {
            this.poolMetrics = told;
            return this;
        }

        /** Whether to tell how long operations take: {@code db.client.operation.duration}. Default: true. */
        public Builder operationMetrics(boolean told) {
            this.operationMetrics = told;
            return this;
        }

        /** Whether to make a span of each operation. Default: true. */
        public Builder spans(boolean made) {
            this.spans = made;
            return this;
        }

        /**
         * How to summarize an operation, as {@code db.query.summary} and the name of its span; of few different values, and
         * none of them secret. Called for each operation, on its thread: must return at once. Default: never; a span is then
         * called by the operation's name and target.
         */
        public Builder querySummary(Function<? super Operation<?, ?>, Optional<String>> summary) {
            this.querySummary = Objects.requireNonNull(summary, "summary");
            return this;
        }

        /** Whose thread reads the pools' figures. */
        Builder ticker(ScheduledExecutorService executor) {
            this.ticker = executor;
            return this;
        }

        /** Builds it. */
        public PoolTelemetry build() {
            return new PoolTelemetry(this);
        }
    }
}
