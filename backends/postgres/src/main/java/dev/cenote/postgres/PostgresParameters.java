package dev.cenote.postgres;

import dev.cenote.jdbc.DriverParameters;
import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.protocols.Database;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/**
 * What pgjdbc is given. Immutable.
 *
 * @param url without user and password
 * @param hostUrls one for each host alone
 * @param properties secret
 * @param database what metrics say of it
 */
record PostgresParameters(String url, List<String> hostUrls, Properties properties, Database database) {
    private static final int DEFAULT_PORT = 5432;
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final List<String> BOOLEANS = List.of("true", "false");

    private static final Map<String, String> RESERVED = Map.of(
            PGProperty.CONNECT_TIMEOUT.getName(), "set the pool's connectTimeout",
            PGProperty.LOGIN_TIMEOUT.getName(), "set the pool's connectTimeout",
            PGProperty.SOCKET_TIMEOUT.getName(), "set the pool's operationTimeout",
            PGProperty.PG_HOST.getName(), "name the host before the path",
            PGProperty.PG_PORT.getName(), "name the port after the host",
            PGProperty.PG_DBNAME.getName(), "name the database as the path");

    /**
     * Checks and completes what the user gave.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException by the name of the parameter
     */
    static PostgresParameters of(JdbcTarget target) {
        DriverParameters.refuseReserved(target.parameters().keySet(), RESERVED);
        Properties properties = defaults();
        target.parameters().forEach((name, value) -> {
            check(name, value);
            properties.setProperty(name, value);
        });
        target.user().ifPresent(user -> PGProperty.USER.set(properties, user));
        target.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
        String database = target.database().or(target::user).orElse("");
        String path = "/" + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        List<String> hostUrls = target.hosts().stream()
                .map(host ->
                        new JdbcTarget(List.of(host), target.database(), target.user(), Optional.empty(), Map.of()))
                .map(one -> url(one, path))
                .toList();
        return new PostgresParameters(
                url(target, path), hostUrls, properties, target.database("postgresql", DEFAULT_PORT));
    }

    private static String url(JdbcTarget target, String path) {
        return "jdbc:postgresql://" + target.authority(DEFAULT_PORT) + path;
    }

    private static Properties defaults() {
        var properties = new Properties();
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, "cenote");
        // Else pgjdbc sets some settings by SET after connecting, which costs round trips and would not outlive a
        // reset.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        // Seconds that a cancel request may take.
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, 2);
        return properties;
    }

    /** pgjdbc ignores an unknown name, reads any word as false, and finds other wrong values when it connects. */
    private static void check(String name, String value) {
        PGProperty property = PGProperty.forName(name);
        if (property == null) {
            throw DriverParameters.unknown(
                    name,
                    "pgjdbc",
                    Arrays.stream(PGProperty.values()).map(PGProperty::getName).toList());
        }
        String[] choices = property.getChoices();
        String standard = property.getDefaultValue();
        if (choices != null && choices.length > 0) {
            DriverParameters.oneOf(name, List.of(choices), value);
        } else if (standard != null && BOOLEANS.contains(standard)) {
            DriverParameters.oneOf(name, BOOLEANS, value);
        } else if (standard != null && INTEGER.matcher(standard).matches()) {
            DriverParameters.integer(name, value);
        }
    }

    /** A copy, to which more can be added. */
    Properties copy() {
        var copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public String toString() {
        return url;
    }
}
