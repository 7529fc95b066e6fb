package dev.cenote.cli.probe;

import static dev.cenote.cli.probe.Questions.ifTold;

import dev.cenote.cli.probe.ServerInfo.Idle;
import dev.cenote.cli.probe.ServerInfo.Limits;
import dev.cenote.cli.probe.ServerInfo.Role;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.RowMapper;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL tells. */
final class PostgresQuestions {
    private static final String TLS =
            "select version || ', ' || cipher from pg_stat_ssl where pid = pg_backend_pid() and ssl";
    private static final String ROLE_LIMIT = "select rolconnlimit from pg_roles where rolname = current_user";
    private static final String DATABASE_LIMIT =
            "select datconnlimit from pg_database where datname = current_database()";
    private static final String IN_USE = "select count(*) from pg_stat_activity where backend_type = 'client backend'";
    private static final String CLOCK = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";

    private static final RowMapper<@Nullable String> TEXT = row -> row.getString(1);

    private final Lease<JdbcConnection> lease;

    PostgresQuestions(Lease<JdbcConnection> lease) {
        this.lease = lease;
    }

    ServerInfo ask() {
        return new ServerInfo(
                "PostgreSQL",
                text("select current_setting('server_version')").orElse("unknown"),
                text(TLS).orElse("none"),
                role(),
                limits(),
                new Idle(
                        "idle_session_timeout",
                        setting("idle_session_timeout").map(Duration::ofMillis),
                        setting("tcp_keepalives_idle").map(Duration::ofSeconds)),
                Questions.clockAhead(() -> number(CLOCK)));
    }

    private Optional<Role> role() {
        boolean replica = text("select pg_is_in_recovery()").filter("t"::equals).isPresent();
        boolean readOnly = text("select current_setting('transaction_read_only')")
                .filter("on"::equals)
                .isPresent();
        return Optional.of(new Role(replica ? "replica" : "primary", !readOnly));
    }

    private Limits limits() {
        Optional<Long> server = setting("max_connections");
        long[] others = LongStream.of(
                        number(ROLE_LIMIT).orElse(-1L), number(DATABASE_LIMIT).orElse(-1L))
                .filter(limit -> limit >= 0)
                .toArray();
        long reserved = setting("superuser_reserved_connections").orElse(0L)
                + setting("reserved_connections").orElse(0L);
        if (server.isEmpty()) {
            return Limits.UNKNOWN;
        }
        long most = LongStream.concat(LongStream.of(server.get()), LongStream.of(others))
                .min()
                .orElseThrow();
        // What is reserved is kept of the server's number, not of the role's or the database's.
        long kept = Math.max(0, most - (server.get() - reserved));
        return new Limits(
                OptionalLong.of(most),
                OptionalLong.of(kept),
                number(IN_USE).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    /** A setting as a number, in the unit that the server keeps it in; empty if this version has none of that name. */
    private Optional<Long> setting(String name) {
        return number("select setting::bigint from pg_settings where name = '" + name + "'");
    }

    private Optional<Long> number(String sql) {
        return ifTold(() -> lease.execute(Sql.queryOne(sql, row -> row.getLong(1))))
                .flatMap(found -> found);
    }

    private Optional<String> text(String sql) {
        return ifTold(() -> lease.execute(Sql.queryOne(sql, TEXT))).flatMap(found -> found);
    }
}
