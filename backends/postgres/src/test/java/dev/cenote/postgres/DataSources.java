package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.PoolUri;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Data sources of either kind, with one connection. */
final class DataSources {
    private DataSources() {}

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    static String url() {
        PoolUri uri = PoolUri.parse(Postgres.uri());
        return "jdbc:postgresql://" + uri.hosts().get(0) + "/" + uri.path();
    }

    static CenoteDataSourceBuilder cenote(String url) {
        PoolUri uri = PoolUri.parse(Postgres.uri());
        return CenoteDataSource.builder()
                .url(url)
                .user(uri.user().orElse("postgres"))
                .password(uri.password().orElse(""))
                .maxSize(1);
    }

    static HikariDataSource hikari(String url) {
        PoolUri uri = PoolUri.parse(Postgres.uri());
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(uri.user().orElse("postgres"));
        config.setPassword(uri.password().orElse(""));
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
