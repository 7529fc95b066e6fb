package dev.cenote.metrics;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool, for JMX. Figures are those of {@link dev.cenote.protocols.PoolStats}, each read by itself; times are in
 * milliseconds, since the pool was made. Operations act on the pool at once.
 */
public interface PoolMXBean {
    /** Name of the pool. */
    String getName();

    /** What it connects to, by its {@code db.system.name}. */
    String getSystem();

    /** {@code READY}, {@code PAUSED} or {@code CLOSED}. */
    String getState();

    /** {@code UP}, {@code DEGRADED} or {@code DOWN}. */
    String getHealth();

    /** Why, in words. */
    String getHealthReason();

    /** The number that clear raises. */
    long getGeneration();

    /** Connections kept even when idle. */
    int getMinSize();

    /** The ceiling. */
    int getMaxSize();

    /** Connections nobody holds. */
    int getIdle();

    /** Connections somebody holds. */
    int getLeased();

    /** Connections being opened. */
    int getConnecting();

    /** Callers waiting for a connection. */
    int getWaiters();

    /** Leases given. */
    long getAcquired();

    /** Leases ended. */
    long getReleased();

    /** Acquires that ended by their deadline. */
    long getTimedOut();

    /** Acquires turned away because the queue stood. */
    long getShed();

    /** Acquires turned away because too many waited. */
    long getRefused();

    /** Connections opened. */
    long getCreated();

    /** Connections closed, by {@link dev.cenote.protocols.events.CloseReason}. */
    Map<String, Long> getClosed();

    /** Attempts to open a connection that failed. */
    long getConnectFailures();

    /** Connections that did not answer when validated. */
    long getValidationFailures();

    /** Leases held past the leak threshold without being used. */
    long getLeaks();

    /** Leases held past the leak threshold and in use. */
    long getSlowUses();

    /** Operations that failed, by verdict, as in {@code EVICT/UNKNOWN}. */
    Map<String, Long> getFailures();

    /** How long acquires took: {@code p50}, {@code p95}, {@code p99}, {@code max}. */
    Map<String, Double> getWaitMillis();

    /** How long leases were held, of those that are measured. */
    Map<String, Double> getUseMillis();

    /** How long connecting took. */
    Map<String, Double> getConnectMillis();

    /** State of the circuit; null if there is none. */
    @Nullable
    String getCircuit();

    /** Attempts that calls made. */
    long getAttempts();

    /** How many of them were retries. */
    long getRetries();

    /** Retries that the budget would allow now; null if there is no budget. */
    @Nullable
    Integer getRetryBudgetLeft();

    /** What the figures suggest as the reason why callers wait. */
    List<String> getSuspicions();

    /** Who holds connections, longest first. */
    List<String> getHolders();

    /** Who holds what, who waits, what is suspected: {@link dev.cenote.protocols.PoolReport} as text. */
    String report();

    /** Refuses to be acquired from until {@link #ready}. */
    void pause();

    /** Serves again after {@link #pause}. */
    void ready();

    /** Has all connections closed that are open now, the leased ones when they are returned. */
    void clear();

    /**
     * Changes the bounds.
     *
     * @throws IllegalArgumentException unless 0 &lt;= minSize &lt;= maxSize and maxSize &gt;= 1
     */
    void resize(int minSize, int maxSize);
}
