package dev.cenote.cli.demo;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.PoolStats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What the demo found out about one backend. Times in microseconds. */
record Figures(
        String name,
        Tally tally,
        long stored,
        double seconds,
        PoolStats stats,
        long attempts,
        long retries,
        long circuitOpened) {

    static Figures of(Workload<?> workload, Tally tally, Duration ran) {
        ResilientPool<?> pool = workload.pool();
        long attempts = pool.attempts();
        long retries = pool.retries();
        long stored = workload.stored();
        return new Figures(
                workload.name(),
                tally,
                stored,
                ran.toNanos() / 1e9,
                pool.stats(),
                attempts,
                retries,
                pool.circuit()
                        .map(breaker -> breaker instanceof CircuitBreaker own ? own.opened() : 0L)
                        .orElse(0L));
    }

    boolean ledgerHolds() {
        return stored >= tally.acknowledged() && stored <= tally.acknowledged() + tally.unknown();
    }

    long leaked() {
        return stats.acquired() - stats.released();
    }

    double perSecond() {
        return tally.operations() / seconds;
    }

    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        map.put("operations", tally.operations());
        map.put("operationsPerSecond", Math.round(perSecond()));
        map.put("failures", tally.failures());
        map.put("acknowledged", tally.acknowledged());
        map.put("unknown", tally.unknown());
        map.put("stored", stored);
        map.put("ledgerHolds", ledgerHolds());
        map.put("connectionsOpened", stats.created());
        map.put("connectionsClosed", stats.closed());
        map.put("leaked", leaked());
        map.put("attempts", attempts);
        map.put("retries", retries);
        map.put("circuitOpened", circuitOpened);
        map.put("circuitTransitions", tally.transitions());
        map.put("errors", tally.errors());
        percentiles(map, "acquire", tally.acquires());
        percentiles(map, "call", tally.calls());
        return map;
    }

    private static void percentiles(Map<String, Object> map, String what, Histogram histogram) {
        map.put(what + "P50Micros", histogram.getValueAtPercentile(50));
        map.put(what + "P99Micros", histogram.getValueAtPercentile(99));
        map.put(what + "MaxMicros", histogram.getMaxValue());
    }
}
