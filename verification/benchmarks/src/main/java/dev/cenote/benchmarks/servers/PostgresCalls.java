package dev.cenote.benchmarks.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.jdbc.Sql;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.PoolUri;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** {@code select 1}, prepared each time, as code that uses a data source does. */
final class PostgresCalls {
    private static final String SQL = "select 1";

    private PostgresCalls() {}

    static Subject cenote(String uri) {
        PostgresPool pool = PostgresPool.builder()
                .uri(uri)
                .minSize(ServerCalls.SIZE)
                .maxSize(ServerCalls.SIZE)
                .build();
        var selectOne = Sql.queryOne(SQL, row -> row.getInt(1));
        return new ServerCall(
                () -> {
                    try (var lease = pool.acquire()) {
                        return lease.execute(selectOne);
                    }
                },
                pool);
    }

    static Subject hikari(String uri) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl(uri));
        config.setMaximumPoolSize(ServerCalls.SIZE);
        var pool = new HikariDataSource(config);
        return new ServerCall(
                () -> {
                    try (Connection connection = pool.getConnection()) {
                        return select(connection);
                    }
                },
                pool);
    }

    static Subject withoutPool(String uri) {
        ThreadLocal<Connection> own = ThreadLocal.withInitial(() -> {
            try {
                return DriverManager.getConnection(jdbcUrl(uri));
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        });
        // Its connections go with the JVM.
        return new ServerCall(() -> select(own.get()), () -> {});
    }

    private static int select(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String jdbcUrl(String uri) {
        PoolUri parsed = PoolUri.parse(uri);
        return "jdbc:postgresql://" + parsed.hosts().get(0) + "/" + parsed.path() + "?user="
                + parsed.user().orElse("postgres")
                + parsed.password().map(secret -> "&password=" + secret).orElse("");
    }
}
