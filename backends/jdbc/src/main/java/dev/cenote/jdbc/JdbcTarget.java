package dev.cenote.jdbc;

import dev.cenote.protocols.Database;
import dev.cenote.protocols.HostAndPort;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where to connect, as whom, and with which parameters of the driver. Immutable.
 *
 * @param hosts the servers, at least one
 * @param database the database, if one is named
 * @param user the user, if one is named
 * @param password the password, if one is given; secret
 * @param parameters the driver's parameters as given, not yet checked; may hold secrets
 */
public record JdbcTarget(
        List<HostAndPort> hosts,
        Optional<String> database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> parameters) {
    public JdbcTarget {
        hosts = List.copyOf(hosts);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The hosts as a driver's URL has them, each with its port. */
    public String authority(int defaultPort) {
        var authority = new StringBuilder();
        for (HostAndPort host : hosts) {
            authority.append(authority.isEmpty() ? "" : ",").append(host);
            if (host.port().isEmpty()) {
                authority.append(':').append(defaultPort);
            }
        }
        return authority.toString();
    }

    /** What metrics and spans say of it, of a product with that {@code db.system.name} and port. */
    public Database database(String system, int defaultPort) {
        Optional<HostAndPort> first = hosts.stream()
                .findFirst()
                .map(host ->
                        new HostAndPort(host.host(), OptionalInt.of(host.port().orElse(defaultPort))));
        return new Database(system, first, database);
    }

    /** Without password and parameters. */
    @Override
    public String toString() {
        return user.map(name -> name + "@").orElse("")
                + hosts
                + database.map(name -> "/" + name).orElse("");
    }
}
