package dev.cenote.opentelemetry;

import static dev.cenote.opentelemetry.Conventions.BOUNDARIES;

import dev.cenote.protocols.PoolStats;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.opentelemetry.context.Context;
import java.util.EnumMap;
import java.util.Map;

/** The instruments for all pools of a {@link PoolTelemetry}. */
final class Instruments {
    private final Meter meter;
    private final Map<Reading, ObservableLongMeasurement> readings = new EnumMap<>(Reading.class);
    private final Map<Timing, DoubleHistogram> timings = new EnumMap<>(Timing.class);

    Instruments(Meter meter) {
        this.meter = meter;
        for (Reading reading : Reading.values()) {
            readings.put(reading, observable(meter, reading));
        }
        for (Timing timing : Timing.values()) {
            timings.put(timing, histogram(meter, timing.title, timing.description));
        }
    }

    private static ObservableLongMeasurement observable(Meter meter, Reading reading) {
        return switch (reading.kind) {
            case COUNTER ->
                meter.counterBuilder(reading.title)
                        .setUnit(reading.unit)
                        .setDescription(reading.description)
                        .buildObserver();
            case UP_DOWN_COUNTER ->
                meter.upDownCounterBuilder(reading.title)
                        .setUnit(reading.unit)
                        .setDescription(reading.description)
                        .buildObserver();
        };
    }

    static DoubleHistogram histogram(Meter meter, String title, String description) {
        return meter.histogramBuilder(title)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(BOUNDARIES)
                .build();
    }

    /** Has {@code collect} called at each collection, until it is closed. */
    BatchCallback atCollection(Runnable collect) {
        ObservableMeasurement[] all = readings.values().toArray(ObservableMeasurement[]::new);
        ObservableMeasurement[] others = new ObservableMeasurement[all.length - 1];
        System.arraycopy(all, 1, others, 0, others.length);
        return meter.batchCallback(collect, all[0], others);
    }

    /** Reads everything from {@code now}; only while a collection asks. */
    void read(Snapshot now, Attributes pool) {
        readings.forEach((reading, measurement) -> reading.read(
                now,
                (value, which) ->
                        measurement.record(value, pool.toBuilder().putAll(which).build())));
    }

    /** Records what a pool measured between two snapshots. It belongs to no span, whosever thread this is. */
    void record(PoolStats earlier, PoolStats later, Attributes pool) {
        timings.forEach((timing, histogram) ->
                Replay.of(timing.between(earlier, later), seconds -> histogram.record(seconds, pool, Context.root())));
    }
}
