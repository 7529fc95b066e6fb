package dev.cenote.metrics;

import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a pool for JMX. */
record PoolBean(Pool<?> pool) implements PoolMXBean {
    private PoolStats stats() {
        return pool.stats();
    }

    @Override
    public String getName() {
        return pool.name();
    }

    @Override
    public String getSystem() {
        return pool.database().system();
    }

    @Override
    public String getState() {
        return stats().state().name();
    }

    @Override
    public String getHealth() {
        return pool.health().status().name();
    }

    @Override
    public String getHealthReason() {
        return pool.health().reason();
    }

    @Override
    public long getGeneration() {
        return stats().generation();
    }

    @Override
    public int getMinSize() {
        return stats().minSize();
    }

    @Override
    public int getMaxSize() {
        return stats().maxSize();
    }

    @Override
    public int getIdle() {
        return stats().idle();
    }

    @Override
    public int getLeased() {
        return stats().leased();
    }

    @Override
    public int getConnecting() {
        return stats().connecting();
    }

    @Override
    public int getWaiters() {
        return stats().waiters();
    }

    @Override
    public long getAcquired() {
        return stats().acquired();
    }

    @Override
    public long getReleased() {
        return stats().released();
    }

    @Override
    public long getTimedOut() {
        return stats().timedOut();
    }

    @Override
    public long getShed() {
        return stats().shed();
    }

    @Override
    public long getRefused() {
        return stats().refused();
    }

    @Override
    public long getCreated() {
        return stats().created();
    }

    @Override
    public Map<String, Long> getClosed() {
        var closed = new TreeMap<String, Long>();
        stats().closed().forEach((reason, count) -> closed.put(reason.name(), count));
        return closed;
    }

    @Override
    public long getConnectFailures() {
        return stats().connectFailures();
    }

    @Override
    public long getValidationFailures() {
        return stats().validationFailures();
    }

    @Override
    public long getLeaks() {
        return stats().leaks();
    }

    @Override
    public long getSlowUses() {
        return stats().slowUses();
    }

    @Override
    public Map<String, Long> getFailures() {
        var failures = new TreeMap<String, Long>();
        stats().failures()
                .forEach((verdict, count) -> failures.put(verdict.connection() + "/" + verdict.call(), count));
        return failures;
    }

    @Override
    public Map<String, Double> getWaitMillis() {
        return millis(stats().waits());
    }

    @Override
    public Map<String, Double> getUseMillis() {
        return millis(stats().uses());
    }

    @Override
    public Map<String, Double> getConnectMillis() {
        return millis(stats().connects());
    }

    private static Map<String, Double> millis(Distribution times) {
        var percentiles = new LinkedHashMap<String, Double>();
        percentiles.put("p50", times.percentile(50).toNanos() / 1e6);
        percentiles.put("p95", times.percentile(95).toNanos() / 1e6);
        percentiles.put("p99", times.percentile(99).toNanos() / 1e6);
        percentiles.put("max", times.max().toNanos() / 1e6);
        return percentiles;
    }

    @Override
    public @Nullable String getCircuit() {
        return stats().policies()
                .circuit()
                .map(CircuitStats::state)
                .map(String::valueOf)
                .orElse(null);
    }

    @Override
    public long getAttempts() {
        return stats().policies().attempts();
    }

    @Override
    public long getRetries() {
        return stats().policies().retries();
    }

    @Override
    public @Nullable Integer getRetryBudgetLeft() {
        var left = stats().policies().retryBudgetLeft();
        return left.isPresent() ? left.getAsInt() : null;
    }

    @Override
    public List<String> getSuspicions() {
        return pool.report().suspicions().stream().map(Suspicion::toString).toList();
    }

    @Override
    public List<String> getHolders() {
        return pool.holders().stream().map(Holder::toString).toList();
    }

    @Override
    public String report() {
        return pool.report().toString();
    }

    @Override
    public void pause() {
        pool.pause();
    }

    @Override
    public void ready() {
        pool.ready();
    }

    @Override
    public void clear() {
        pool.clear();
    }

    @Override
    public void resize(int minSize, int maxSize) {
        try {
            pool.resize(minSize, maxSize);
        } catch (ConfigurationException wrong) {
            // A console may not have Cenote's classes: it gets one of the JDK's.
            throw new IllegalArgumentException(wrong.getMessage());
        }
    }
}
