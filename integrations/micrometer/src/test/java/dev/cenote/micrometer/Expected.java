package dev.cenote.micrometer;

import static dev.cenote.micrometer.Expected.Kind.COUNTER;
import static dev.cenote.micrometer.Expected.Kind.GAUGE;
import static dev.cenote.micrometer.Expected.Kind.HISTOGRAM;
import static dev.cenote.micrometer.Expected.Kind.SUMMARY;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A meter as it is to be published. Those of {@link #DATABASE} have name, kind, unit and attributes as OpenTelemetry's
 * semantic conventions give them, but that a histogram of seconds is a timer of Micrometer.
 *
 * @param unit as the conventions write units
 * @param tags besides the pool's name
 */
record Expected(String name, Kind kind, String unit, List<String> tags) {
    enum Kind {
        GAUGE,
        COUNTER,
        /** A timer with buckets. */
        HISTOGRAM,
        /** A timer without. */
        SUMMARY;

        boolean isTimer() {
            return this == HISTOGRAM || this == SUMMARY;
        }
    }

    static final String POOL = "db.client.connection.pool.name";

    static final List<Expected> DATABASE = List.of(
            new Expected(
                    "db.client.connection.count", GAUGE, "{connection}", List.of(POOL, "db.client.connection.state")),
            new Expected("db.client.connection.idle.max", GAUGE, "{connection}", List.of(POOL)),
            new Expected("db.client.connection.idle.min", GAUGE, "{connection}", List.of(POOL)),
            new Expected("db.client.connection.max", GAUGE, "{connection}", List.of(POOL)),
            new Expected("db.client.connection.pending_requests", GAUGE, "{request}", List.of(POOL)),
            new Expected("db.client.connection.timeouts", COUNTER, "{timeout}", List.of(POOL)),
            new Expected("db.client.connection.create_time", HISTOGRAM, "s", List.of(POOL)),
            new Expected("db.client.connection.wait_time", HISTOGRAM, "s", List.of(POOL)),
            new Expected("db.client.connection.use_time", HISTOGRAM, "s", List.of(POOL)),
            new Expected(
                    "db.client.operation.duration",
                    HISTOGRAM,
                    "s",
                    List.of(
                            POOL,
                            "db.system.name",
                            "db.namespace",
                            "db.operation.name",
                            "db.collection.name",
                            "db.response.status_code",
                            "error.type",
                            "server.address",
                            "server.port")));

    static final List<Expected> CENOTE = List.of(
            cenote("health", GAUGE, "1", "status"),
            cenote("state", GAUGE, "1", "state"),
            cenote("suspicions", GAUGE, "1", "cause"),
            cenote("generation", GAUGE, "1"),
            cenote("acquired", COUNTER, "{lease}"),
            cenote("shed", COUNTER, "{request}"),
            cenote("refused", COUNTER, "{request}"),
            cenote("connecting", GAUGE, "{connection}"),
            cenote("connections.opened", COUNTER, "{connection}"),
            cenote("connections.closed", COUNTER, "{connection}", "reason"),
            cenote("connect.failures", COUNTER, "{failure}"),
            cenote("validation.failures", COUNTER, "{failure}"),
            cenote("leaks", COUNTER, "{lease}"),
            cenote("slow.uses", COUNTER, "{lease}"),
            cenote("operation.failures", COUNTER, "{failure}", "connection", "call"),
            cenote("attempts", COUNTER, "{attempt}"),
            cenote("retries", COUNTER, "{attempt}"),
            cenote("retries.refused", COUNTER, "{attempt}"),
            cenote("retry.budget.left", GAUGE, "{attempt}"),
            cenote("circuit.state", GAUGE, "1", "state"),
            cenote("circuit.opened", COUNTER, "{time}"),
            cenote("circuit.refused", COUNTER, "{call}"));

    static final List<Expected> HIKARI = List.of(
            new Expected("hikaricp.connections", GAUGE, "{connection}", List.of("pool")),
            new Expected("hikaricp.connections.active", GAUGE, "{connection}", List.of("pool")),
            new Expected("hikaricp.connections.idle", GAUGE, "{connection}", List.of("pool")),
            new Expected("hikaricp.connections.pending", GAUGE, "{request}", List.of("pool")),
            new Expected("hikaricp.connections.max", GAUGE, "{connection}", List.of("pool")),
            new Expected("hikaricp.connections.min", GAUGE, "{connection}", List.of("pool")),
            new Expected("hikaricp.connections.timeout", COUNTER, "{timeout}", List.of("pool")),
            new Expected("hikaricp.connections.acquire", SUMMARY, "s", List.of("pool")),
            new Expected("hikaricp.connections.usage", SUMMARY, "s", List.of("pool")),
            new Expected("hikaricp.connections.creation", SUMMARY, "s", List.of("pool")));

    static final List<Expected> BOOT = Stream.of("active", "idle", "max", "min")
            .map(name -> new Expected("jdbc.connections." + name, GAUGE, "{connection}", List.of("name")))
            .toList();

    private static Expected cenote(String name, Kind kind, String unit, String... tags) {
        var all = new ArrayList<>(List.of(POOL));
        all.addAll(List.of(tags));
        return new Expected("cenote.pool." + name, kind, unit, all);
    }

    static List<Expected> all() {
        return Stream.of(DATABASE, CENOTE, HIKARI, BOOT).flatMap(List::stream).toList();
    }

    /** As Prometheus calls it: of a timer, what its three or four names have in common. */
    String prometheus() {
        String bare = name.replace('.', '_');
        return switch (kind) {
            case GAUGE -> bare;
            case COUNTER -> bare + "_total";
            case HISTOGRAM, SUMMARY -> bare + "_seconds";
        };
    }

    /** All names under which Prometheus has its samples. */
    List<String> samples() {
        String base = prometheus();
        return switch (kind) {
            case GAUGE, COUNTER -> List.of(base);
            case HISTOGRAM -> List.of(base + "_count", base + "_sum", base + "_max", base + "_bucket");
            case SUMMARY -> List.of(base + "_count", base + "_sum", base + "_max");
        };
    }

    String type() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    List<String> labels() {
        return tags.stream().map(tag -> tag.replace('.', '_')).toList();
    }
}
