package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.PoolUri;
import dev.cenote.testkit.servers.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Data sources for the shared MariaDB, with one connection, by either driver: {@code mariadb} or {@code mysql}. */
final class DataSources {
    private DataSources() {}

    static PoolUri server() {
        return PoolUri.parse(TestServers.shared(TestServers.Product.MARIADB).uri());
    }

    static String url(String scheme) {
        return url(scheme, server().hosts().get(0).toString());
    }

    /** As {@link #url(String)}, by another address. */
    static String url(String scheme, String address) {
        return "jdbc:" + scheme + "://" + address + "/" + server().path() + "?sslMode="
                + (scheme.equals("mysql") ? "DISABLED" : "disable");
    }

    static String user() {
        return server().user().orElse("root");
    }

    static String password() {
        return server().password().orElse("");
    }

    static CenoteDataSourceBuilder cenote(String url) {
        return CenoteDataSource.builder()
                .url(url)
                .user(user())
                .password(password())
                .maxSize(1);
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
