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
import org.jspecify.annotations.Nullable;

/** What MySQL and MariaDB tell. */
final class MySqlQuestions {
    private static final String CLOCK = "select cast(unix_timestamp(now(3)) * 1000 as signed)";

    private static final RowMapper<@Nullable String> TEXT = row -> row.getString(1);
    /** After the name. */
    private static final RowMapper<@Nullable String> SHOWN = row -> row.getString(2);

    private final Lease<JdbcConnection> lease;

    MySqlQuestions(Lease<JdbcConnection> lease) {
        this.lease = lease;
    }

    ServerInfo ask() {
        String version = ifTold(() -> lease.execute(Sql.queryOne("select version()", TEXT)))
                .flatMap(found -> found)
                .orElse("unknown");
        String tls = shown("status", "Ssl_version").orElse("");
        String cipher = shown("status", "Ssl_cipher").orElse("");
        return new ServerInfo(
                version.contains("MariaDB") ? "MariaDB" : "MySQL",
                version,
                tls.isEmpty() ? "none" : tls + ", " + cipher,
                role(),
                limits(),
                new Idle(
                        "wait_timeout", number("variables", "wait_timeout").map(Duration::ofSeconds), Optional.empty()),
                Questions.clockAhead(() -> ifTold(() -> lease.execute(Sql.queryOne(CLOCK, row -> row.getLong(1))))
                        .flatMap(found -> found)));
    }

    private Optional<Role> role() {
        return shown("variables", "read_only")
                .map(readOnly -> isOn(readOnly)
                        || shown("variables", "innodb_read_only")
                                .filter(MySqlQuestions::isOn)
                                .isPresent())
                .map(readOnly -> new Role(readOnly ? "read-only" : "writable", !readOnly));
    }

    /** MariaDB has words beside ON, such as NO_LOCK. */
    private static boolean isOn(String value) {
        return !value.equalsIgnoreCase("OFF") && !value.equals("0");
    }

    private Limits limits() {
        Optional<Long> server = number("variables", "max_connections");
        Optional<Long> user = number("variables", "max_user_connections").filter(limit -> limit > 0);
        return new Limits(
                server.map(most -> OptionalLong.of(Math.min(most, user.orElse(most))))
                        .orElse(OptionalLong.empty()),
                OptionalLong.of(0),
                number("status", "Threads_connected").map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private Optional<Long> number(String what, String name) {
        return shown(what, name).map(Long::parseLong);
    }

    private Optional<String> shown(String what, String name) {
        return ifTold(() -> lease.execute(Sql.queryOne("show session " + what + " like '" + name + "'", SHOWN)))
                .flatMap(found -> found);
    }
}
