package dev.cenote.opentelemetry;

import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.PoolStats;
import java.util.function.Function;

/** The times that a pool measures by itself, each a histogram in seconds. */
enum Timing {
    CREATE("db.client.connection.create_time", "The time it took to create a new connection.", PoolStats::connects),
    WAIT(
            "db.client.connection.wait_time",
            "The time it took to obtain an open connection from the pool.",
            PoolStats::waits),
    USE(
            "db.client.connection.use_time",
            "The time between borrowing a connection and returning it to the pool.",
            PoolStats::uses);

    final String title;
    final String description;
    private final Function<PoolStats, Distribution> part;

    Timing(String title, String description, Function<PoolStats, Distribution> part) {
        this.title = title;
        this.description = description;
        this.part = part;
    }

    /** What was measured between two snapshots. */
    Distribution between(PoolStats earlier, PoolStats later) {
        return part.apply(later).since(part.apply(earlier));
    }
}
