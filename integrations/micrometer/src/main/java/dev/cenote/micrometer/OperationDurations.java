package dev.cenote.micrometer;

import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.ErrorAttributes;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures operations, each as a whole with all its attempts. What an operation does not have is the empty value of its tag,
 * because Prometheus wants the same tags on all series of a name, and takes an empty one for one that is not there.
 */
final class OperationDurations implements CallObserver {
    /** Past so many, what is not known yet is counted together: texts of statements may name any number of tables. */
    static final int MOST_SERIES = 1_000;

    private static final String NAME = "db.client.operation.duration";
    private static final String MEANING = "How long operations took, each with all its attempts";
    private static final String OTHER = "_OTHER";

    /** In milliseconds, as the conventions advise. */
    private static final Duration[] BUCKETS = LongStream.of(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Pool<?> pool;
    private final Registrar registrar;
    private final Clock clock;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    OperationDurations(Pool<?> pool, Registrar registrar, Clock clock) {
        this.pool = pool;
        this.registrar = registrar;
        this.clock = clock;
    }

    /** What tells one series of a pool from another. */
    private record Series(String operation, String collection, String code, String error) {}

    @Override
    public Observation begin(String name, Database database, Operation<?, ?> operation) {
        long begunNanos = clock.monotonicTime();
        return error -> {
            Timer timer = timer(series(database, operation, error), database);
            if (timer != null) {
                timer.record(clock.monotonicTime() - begunNanos, TimeUnit.NANOSECONDS);
            }
        };
    }

    private Series series(Database database, Operation<?, ?> operation, @Nullable Throwable error) {
        // The target of an operation of Redis is a key: there may be any number of them, and they may be secret.
        String collection =
                database.system().equals("redis") ? "" : operation.target().orElse("");
        if (error == null) {
            return new Series(operation.name(), collection, "", "");
        }
        var told = ErrorAttributes.of(error, pool.codes(error));
        return new Series(operation.name(), collection, told.statusCode().orElse(""), told.type());
    }

    private @Nullable Timer timer(Series series, Database database) {
        Timer timer = timers.get(series);
        if (timer != null) {
            return timer;
        }
        Series counted = timers.size() < MOST_SERIES
                ? series
                : new Series(
                        OTHER,
                        "",
                        series.code().isEmpty() ? "" : OTHER,
                        series.error().isEmpty() ? "" : OTHER);
        return timers.computeIfAbsent(counted, wanted -> register(wanted, database));
    }

    private @Nullable Timer register(Series series, Database database) {
        return registrar.timer(
                NAME,
                MEANING,
                Tags.of(DatabaseMeters.POOL, pool.name())
                        .and("db.system.name", database.system())
                        .and("db.namespace", database.namespace().orElse(""))
                        .and("db.operation.name", series.operation())
                        .and("db.collection.name", series.collection())
                        .and("db.response.status_code", series.code())
                        .and("error.type", series.error())
                        .and(
                                "server.address",
                                database.server().map(HostAndPort::host).orElse(""))
                        .and("server.port", port(database)),
                BUCKETS);
    }

    private static String port(Database database) {
        return database.server().stream()
                .flatMapToInt(server -> server.port().stream())
                .mapToObj(Integer::toString)
                .findFirst()
                .orElse("");
    }
}
