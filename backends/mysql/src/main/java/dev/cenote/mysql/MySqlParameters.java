package dev.cenote.mysql;

import dev.cenote.jdbc.JdbcTarget;
import dev.cenote.protocols.Database;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a driver is given. Immutable.
 *
 * @param addresses for each server its host, port and database, as in a URL
 * @param properties secret
 * @param sessionVariables names of the session variables that the user sets
 * @param database what metrics say of it
 */
record MySqlParameters(
        List<String> addresses, Properties properties, List<String> sessionVariables, Database database) {
    private static final int DEFAULT_PORT = 3306;
    private static final Pattern VARIABLE =
            Pattern.compile("(?:^|[,;])\\s*(?:(?i:session)\\s+|@@(?i:session\\.)?)?(\\w+)\\s*=");

    /**
     * Checks what the user gave.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException by the name of the parameter
     */
    static MySqlParameters of(JdbcTarget target, DriverAdapter adapter) {
        Properties properties = adapter.properties(target.parameters());
        target.user().ifPresent(user -> properties.setProperty("user", user));
        target.password().ifPresent(password -> properties.setProperty("password", password));
        String path = "/"
                + URLEncoder.encode(target.database().orElse(""), StandardCharsets.UTF_8)
                        .replace("+", "%20");
        var addresses = new ArrayList<String>();
        target.hosts().forEach(host -> {
            var one = new JdbcTarget(
                    List.of(host), Optional.empty(), Optional.empty(), Optional.empty(), target.parameters());
            addresses.add(one.authority(DEFAULT_PORT) + path);
        });
        return new MySqlParameters(
                List.copyOf(addresses),
                properties,
                variables(properties.getProperty("sessionVariables", "")),
                target.database(adapter.system(), DEFAULT_PORT));
    }

    /** The names of the session variables that these assignments set. */
    static List<String> variables(String assignments) {
        var names = new ArrayList<String>();
        Matcher matcher = VARIABLE.matcher(assignments);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    /** A copy, to which more can be added. */
    Properties copy() {
        var copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public String toString() {
        return addresses.toString();
    }
}
