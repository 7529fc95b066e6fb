package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.HostAndPort;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads of a driver's URL what is no secret: the product, the first server, the database. */
final class DatabaseOfUrl {
    private static final Pattern URL =
            Pattern.compile("jdbc:(?<words>[\\w:+-]+)://(?:[^@/]*@)?(?<host>[\\w.-]+)(?::(?<port>\\d{1,5}))?"
                    + "(?:,[^/?;]*)?(?:/(?<database>\\w[\\w.-]*))?(?:[?;].*)?");

    /** The names of OpenTelemetry's conventions, by the word that stands in URLs. */
    private static final Map<String, String> SYSTEMS = Map.of(
            "postgresql", "postgresql",
            "mysql", "mysql",
            "mariadb", "mariadb",
            "h2", "h2database",
            "sqlserver", "microsoft.sql_server",
            "oracle", "oracle.db",
            "db2", "ibm.db2",
            "hsqldb", "hsqldb",
            "sqlite", "sqlite");

    private DatabaseOfUrl() {}

    static Database of(@Nullable String url, Optional<JdbcProduct> product) {
        String given = url == null ? "" : url;
        Matcher matcher = URL.matcher(given);
        String[] words = given.split("[/?;@]", 2)[0].toLowerCase(Locale.ROOT).split(":");
        String system =
                system(words).orElseGet(() -> product.map(JdbcProduct::name).orElse("other_sql"));
        return matcher.matches()
                ? new Database(system, server(matcher), Optional.ofNullable(matcher.group("database")))
                : new Database(system, Optional.empty(), Optional.empty());
    }

    private static Optional<String> system(String[] words) {
        for (String word : words) {
            if (SYSTEMS.containsKey(word)) {
                return Optional.of(SYSTEMS.get(word));
            }
        }
        return Optional.empty();
    }

    private static Optional<HostAndPort> server(Matcher matcher) {
        String port = matcher.group("port");
        return Optional.of(new HostAndPort(
                matcher.group("host"), port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port))));
    }
}
