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
                "Connections that are idle or in use",
                pool,
                now -> now.stats().idle() + now.stats().leased());
        to.gauge(
                "hikaricp.connections.active",
                "Connections in use",
                pool,
                now -> now.stats().leased());
        to.gauge(
                "hikaricp.connections.idle",
                "Connections that are idle",
                pool,
                now -> now.stats().idle());
        to.gauge(
                "hikaricp.connections.pending",
                "Callers that wait for a connection",
                pool,
                now -> now.stats().waiters());
        to.gauge(
                "hikaricp.connections.max",
                "The most connections that there may be",
                pool,
                now -> now.stats().maxSize());
        to.gauge(
                "hikaricp.connections.min",
                "Connections that are kept even when idle",
                pool,
                now -> now.stats().minSize());
        to.counter(
                "hikaricp.connections.timeout",
                "Acquires that ended by their deadline",
                pool,
                now -> now.stats().timedOut());
        transfers.waits.into(
                to.timer("hikaricp.connections.acquire", "How long acquires took that got a connection", pool));
        transfers.uses.into(to.timer("hikaricp.connections.usage", "How long leases were held, by sampling", pool));
        transfers.connects.into(to.timer(
                "hikaricp.connections.creation", "How long it took to open a connection, where that succeeded", pool));
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
