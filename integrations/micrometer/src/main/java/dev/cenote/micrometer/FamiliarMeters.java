package dev.cenote.micrometer;

import io.micrometer.core.instrument.Tags;

/** The meters that dashboards for other pools read, by their names and tags. */
final class FamiliarMeters {
    private FamiliarMeters() {}

    /** As HikariCP publishes them. */
    static void registerHikari(Registrar to, String name, Transfers transfers) {
        var pool = Tags.of("pool", name);
        to.gauge(
                "hikaricp.connections",
                "Total connections",
                pool,
                now -> now.stats().size());
        to.gauge(
                "hikaricp.connections.active",
                "Active connections",
                pool,
                now -> now.stats().leased());
        to.gauge(
                "hikaricp.connections.idle",
                "Idle connections",
                pool,
                now -> now.stats().idle());
        to.gauge(
                "hikaricp.connections.pending",
                "Pending threads",
                pool,
                now -> now.stats().waiters());
        to.gauge(
                "hikaricp.connections.max",
                "Max connections",
                pool,
                now -> now.stats().maxSize());
        to.gauge(
                "hikaricp.connections.min",
                "Min connections",
                pool,
                now -> now.stats().minSize());
        to.counter(
                "hikaricp.connections.timeout",
                "Connection timeout total count",
                pool,
                now -> now.stats().timedOut());
        transfers.waits.into(to.timer("hikaricp.connections.acquire", "Connection acquire time", pool));
        transfers.uses.into(to.timer("hikaricp.connections.usage", "Connection usage time", pool));
        transfers.connects.into(to.timer("hikaricp.connections.creation", "Connection creation time", pool));
    }

    /** As Spring Boot publishes them. */
    static void registerBoot(Registrar to, String name) {
        var pool = Tags.of("name", name);
        to.gauge(
                "jdbc.connections.active",
                "Connections in use",
                pool,
                now -> now.stats().leased());
        to.gauge(
                "jdbc.connections.idle",
                "Connections that are idle",
                pool,
                now -> now.stats().idle());
        to.gauge(
                "jdbc.connections.max",
                "The most connections that there may be",
                pool,
                now -> now.stats().maxSize());
        to.gauge(
                "jdbc.connections.min",
                "Connections that are kept even when idle",
                pool,
                now -> now.stats().minSize());
    }
}
