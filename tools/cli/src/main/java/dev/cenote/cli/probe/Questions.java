package dev.cenote.cli.probe;

import com.mongodb.client.MongoDatabase;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.redis.RedisPool;
import io.lettuce.core.api.sync.RedisCommands;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import org.bson.Document;

/** Asks a server what it is, in its own language. */
final class Questions {
    private Questions() {}

    static ServerInfo ask(Pool<?> pool, PoolUri uri) {
        try (Lease<?> lease = pool.acquire()) {
            if (pool instanceof PostgresPool || pool instanceof MySqlPool) {
                return sql(lease, pool instanceof PostgresPool);
            } else if (pool instanceof RedisPool) {
                return redis(lease, uri);
            } else if (pool instanceof MongoPool) {
                return mongo(lease, uri);
            }
            return new ServerInfo("a server of " + uri.scheme(), "unknown", "unknown");
        }
    }

    @SuppressWarnings("unchecked") // the pools of both SQL backends lend JDBC connections
    private static ServerInfo sql(Lease<?> lease, boolean postgres) {
        var connection = (Lease<JdbcConnection>) lease;
        String tls = postgres
                ? answer(
                        connection,
                        "select version || ', ' || cipher from pg_stat_ssl where pid = pg_backend_pid() and ssl")
                : String.join(", ", status(connection, "Ssl_version"), status(connection, "Ssl_cipher"));
        try {
            DatabaseMetaData server = lease.unwrap(Connection.class).getMetaData();
            return new ServerInfo(
                    server.getDatabaseProductName(),
                    server.getDatabaseProductVersion(),
                    tls.isEmpty() || tls.equals(", ") ? "none" : tls);
        } catch (SQLException failure) {
            throw new IllegalStateException("the server does not tell its version: " + failure.getMessage(), failure);
        }
    }

    private static String answer(Lease<JdbcConnection> lease, String sql) {
        return lease.execute(Sql.queryOne(sql, row -> String.valueOf(row.getString(1))))
                .orElse("");
    }

    private static String status(Lease<JdbcConnection> lease, String name) {
        List<String> found = lease.execute(
                Sql.query("show session status like '" + name + "'", row -> String.valueOf(row.getString(2))));
        return found.isEmpty() ? "" : found.get(0);
    }

    private static ServerInfo redis(Lease<?> lease, PoolUri uri) {
        String info = lease.unwrap(RedisCommands.class).info("server");
        String version = info.lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring("redis_version:".length()).strip())
                .findFirst()
                .orElse("unknown");
        return new ServerInfo("Redis", version, uri.scheme().startsWith("rediss") ? "on" : "none");
    }

    private static ServerInfo mongo(Lease<?> lease, PoolUri uri) {
        Document build = lease.unwrap(MongoDatabase.class).runCommand(new Document("buildInfo", 1));
        boolean tls = uri.scheme().equals("mongodb+srv")
                || uri.driverParameters()
                        .getOrDefault("tls", uri.driverParameters().getOrDefault("ssl", "false"))
                        .equals("true");
        return new ServerInfo("MongoDB", String.valueOf(build.getString("version")), tls ? "on" : "none");
    }
}
