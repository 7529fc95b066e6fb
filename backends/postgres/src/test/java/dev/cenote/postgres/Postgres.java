package dev.cenote.postgres;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolUri;
import dev.cenote.testkit.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Connections to the test server, closed together. */
final class Postgres implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);

    final PostgresConnector connector;
    private final List<JdbcConnection> opened = new ArrayList<>();

    Postgres() {
        this(ResetPolicy.DIRTY, Map.of());
    }

    Postgres(ResetPolicy policy, Map<String, String> parameters) {
        this(server(), policy, parameters);
    }

    Postgres(HostAndPort server, ResetPolicy policy, Map<String, String> parameters) {
        PoolUri uri = PoolUri.parse(uri());
        var target = new dev.cenote.jdbc.JdbcTarget(
                List.of(server), Optional.of(uri.path()), uri.user(), uri.password(), parameters);
        connector = new PostgresConnector(PostgresParameters.of(target), policy);
    }

    static String uri() {
        return TestServers.shared(TestServers.Product.POSTGRES).uri();
    }

    static HostAndPort server() {
        return PoolUri.parse(uri()).hosts().get(0);
    }

    static HostAndPort at(int port) {
        return new HostAndPort("127.0.0.1", OptionalInt.of(port));
    }

    JdbcConnection open() throws Exception {
        JdbcConnection connection = connector.open(soon());
        opened.add(connection);
        return connection;
    }

    static Deadline soon() {
        return Deadline.after(LONG);
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
