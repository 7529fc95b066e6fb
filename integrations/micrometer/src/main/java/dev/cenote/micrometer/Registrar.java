package dev.cenote.micrometer;

import dev.cenote.micrometer.BoundPool.Snapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Registers the meters of one pool in one registry, and takes them out again. */
final class Registrar {
    private final MeterRegistry registry;
    private final Tags common;
    private final BoundPool pool;
    private final List<Meter> meters = new ArrayList<>();
    private boolean closed;

    Registrar(MeterRegistry registry, Tags common, BoundPool pool) {
        this.registry = registry;
        this.common = common;
        this.pool = pool;
    }

    void gauge(String name, String meaning, Tags tags, ToDoubleFunction<Snapshot> value) {
        keep(() -> Gauge.builder(name, pool, bound -> value.applyAsDouble(bound.current()))
                .description(meaning)
                .tags(common.and(tags))
                .register(registry));
    }

    /** One gauge of a group in which those that hold are 1 and the rest 0. */
    void flag(String name, String meaning, Tags tags, Predicate<Snapshot> holds) {
        gauge(name, meaning, tags, snapshot -> holds.test(snapshot) ? 1 : 0);
    }

    void counter(String name, String meaning, Tags tags, ToDoubleFunction<Snapshot> value) {
        keep(() -> FunctionCounter.builder(name, pool, bound -> value.applyAsDouble(bound.current()))
                .description(meaning)
                .tags(common.and(tags))
                .register(registry));
    }

    /** A timer; null if everything was taken out already. */
    @Nullable
    Timer timer(String name, String meaning, Tags tags, Duration... buckets) {
        return keep(() -> Timer.builder(name)
                .description(meaning)
                .tags(common.and(tags))
                .serviceLevelObjectives(buckets.length == 0 ? null : buckets)
                .register(registry));
    }

    private synchronized <M extends Meter> @Nullable M keep(Supplier<M> registering) {
        if (closed) {
            return null;
        }
        M meter = registering.get();
        meters.add(meter);
        return meter;
    }

    synchronized void close() {
        closed = true;
        meters.forEach(registry::remove);
        meters.clear();
    }
}
