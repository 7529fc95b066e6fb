package dev.cenote.micrometer;

import dev.cenote.protocols.errors.ConfigurationException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The meters of OpenTelemetry's semantic conventions for database clients. Those of connections have only the tags that the
 * conventions ask for, so that what reads them by these names finds one series for each pool.
 */
final class DatabaseMeters {
    static final String POOL = "db.client.connection.pool.name";

    private static final String COUNT = "db.client.connection.count";
    private static final String STATE = "db.client.connection.state";
    private static final String HELD = "Connections that are in the state that the tag says";

    /** In microseconds. The conventions leave them to whoever measures. */
    private static final Duration[] BUCKETS = LongStream.of(
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

    private DatabaseMeters() {}

    /** A gauge of the same name would silently be the other's. */
    static void refuseTwice(String pool, Tags common, MeterRegistry registry) {
        if (registry.find(COUNT).tags(common.and(POOL, pool)).meter() != null) {
            throw new ConfigurationException("name must be unique among the pools of a registry, was " + pool);
        }
    }

    static void register(Registrar to, String name, Transfers transfers) {
        var pool = Tags.of(POOL, name);
        to.gauge(COUNT, HELD, pool.and(STATE, "idle"), now -> now.stats().idle());
        to.gauge(COUNT, HELD, pool.and(STATE, "used"), now -> now.stats().leased());
        to.gauge(
                "db.client.connection.idle.max",
                "The most connections that may be idle",
                pool,
                now -> now.stats().maxSize());
        to.gauge(
                "db.client.connection.idle.min",
                "Connections that are kept even when idle",
                pool,
                now -> now.stats().minSize());
        to.gauge(
                "db.client.connection.max",
                "The most connections that there may be",
                pool,
                now -> now.stats().maxSize());
        to.gauge(
                "db.client.connection.pending_requests",
                "Callers that wait for a connection",
                pool,
                now -> now.stats().waiters());
        to.counter(
                "db.client.connection.timeouts",
                "Acquires that ended by their deadline",
                pool,
                now -> now.stats().timedOut());
        transfers.connects.into(to.timer(
                "db.client.connection.create_time",
                "How long it took to open a connection, where that succeeded",
                pool,
                BUCKETS));
        transfers.waits.into(to.timer(
                "db.client.connection.wait_time", "How long acquires took that got a connection", pool, BUCKETS));
        transfers.uses.into(
                to.timer("db.client.connection.use_time", "How long leases were held, by sampling", pool, BUCKETS));
    }
}
