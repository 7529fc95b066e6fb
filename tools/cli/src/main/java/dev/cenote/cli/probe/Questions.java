package dev.cenote.cli.probe;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.mongo.MongoConnection;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.redis.RedisClusterPool;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisPool;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a server what it is, in its own language. */
public final class Questions {
    private Questions() {}

    @SuppressWarnings("unchecked") // each pool lends the connections of its backend
    static ServerInfo ask(Pool<?> pool, PoolUri uri) {
        try (Lease<?> lease = pool.acquire(ProbeCommand.IMPATIENCE)) {
            if (pool instanceof PostgresPool) {
                return new PostgresQuestions((Lease<JdbcConnection>) lease).ask();
            } else if (pool instanceof MySqlPool) {
                return new MySqlQuestions((Lease<JdbcConnection>) lease).ask();
            } else if (pool instanceof RedisPool || pool instanceof RedisClusterPool) {
                return new RedisQuestions((Lease<RedisConnection>) lease).ask(uri);
            } else if (pool instanceof MongoPool) {
                return new MongoQuestions((Lease<MongoConnection>) lease).ask(uri);
            }
            return new ServerInfo(
                    "a server of " + uri.scheme(),
                    "unknown",
                    "unknown",
                    Optional.empty(),
                    ServerInfo.Limits.UNKNOWN,
                    ServerInfo.Idle.UNKNOWN,
                    Optional.empty());
        }
    }

    /**
     * What the server is and how many connections it has, in one line. Acquires, and blocks meanwhile.
     *
     * @throws dev.cenote.protocols.errors.CenoteException if it cannot be asked
     */
    public static String connectionsInWords(Pool<?> pool, PoolUri uri) {
        ServerInfo server = ask(pool, uri);
        String most = server.limits().most().isPresent()
                ? " of " + server.limits().most().getAsLong()
                : "";
        String connections = server.limits().inUse().isPresent()
                ? ", " + server.limits().inUse().getAsLong() + most + " connections in use"
                : "";
        return server.product() + " " + server.version() + connections;
    }

    /** The answer, empty if the server refuses it: not everybody may know everything. */
    static <T> Optional<T> ifTold(Supplier<T> question) {
        try {
            return Optional.ofNullable(question.get());
        } catch (OperationFailedException refused) {
            return Optional.empty();
        }
    }

    /** By how much a clock is ahead of the one here. The answer is taken to be from the middle of the round trip. */
    static Optional<Duration> clockAhead(Supplier<Optional<Long>> epochMillis) {
        long before = System.currentTimeMillis();
        Optional<Long> there = epochMillis.get();
        long after = System.currentTimeMillis();
        return there.map(millis -> Duration.ofMillis(millis - (before + after) / 2));
    }
}
