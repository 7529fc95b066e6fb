package dev.cenote.mysql;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolUri;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Connections to the test server by one of the drivers, closed together. */
final class MySql implements AutoCloseable {
    static final String DATABASE = "cenote_test";

    /** Asks for passwords: else it would know no rights. */
    private static final TestServer SERVER = TestServers.start(
            TestServers.Product.MARIADB, ServerOptions.defaults().withPassword("right"));

    final MySqlConnector connector;
    private final List<JdbcConnection> opened = new ArrayList<>();

    MySql(MySqlDriver driver) {
        this(driver, server(), Map.of());
    }

    MySql(MySqlDriver driver, HostAndPort server, Map<String, String> parameters) {
        this(driver, server, Optional.of(DATABASE), user(), parameters);
    }

    MySql(
            MySqlDriver driver,
            HostAndPort server,
            Optional<String> database,
            Optional<String> user,
            Map<String, String> parameters) {
        var all = new HashMap<>(plain(driver));
        all.putAll(parameters);
        var target = new JdbcTarget(List.of(server), database, user, password(), all);
        DriverAdapter adapter = driver.adapter();
        connector = new MySqlConnector(adapter, MySqlParameters.of(target, adapter), ResetPolicy.DIRTY);
    }

    /** No TLS: the test server's certificate is its own. */
    static Map<String, String> plain(MySqlDriver driver) {
        return driver == MySqlDriver.MYSQL
                ? Map.of("sslMode", "DISABLED", "allowPublicKeyRetrieval", "true")
                : Map.of("sslMode", "disable", "allowPublicKeyRetrieval", "true");
    }

    static String uri() {
        return SERVER.uri();
    }

    static Optional<String> user() {
        return PoolUri.parse(uri()).user();
    }

    static Optional<String> password() {
        return PoolUri.parse(uri()).password();
    }

    static HostAndPort server() {
        return PoolUri.parse(uri()).hosts().get(0);
    }

    static HostAndPort at(int port) {
        return new HostAndPort("127.0.0.1", OptionalInt.of(port));
    }

    static void createDatabase() throws Exception {
        try (var admin = new MySql(MySqlDriver.MARIADB, server(), Optional.empty(), user(), Map.of())) {
            run(admin.open(), Sql.update("create database if not exists " + DATABASE));
        }
    }

    JdbcConnection open() throws Exception {
        JdbcConnection connection = connector.open(soon());
        opened.add(connection);
        return connection;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    static <R> R run(JdbcConnection connection, Operation<JdbcConnection, R> operation) throws Exception {
        return operation.execute(connection, soon());
    }

    static String value(JdbcConnection connection, String sql) throws Exception {
        return run(connection, Sql.queryOne(sql, row -> row.getString(1))).orElse("none");
    }

    void reset(JdbcConnection connection) throws Exception {
        connector.reset(connection, soon());
    }

    @Override
    public void close() {
        opened.forEach(connector::close);
    }
}
