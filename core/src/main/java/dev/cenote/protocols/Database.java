package dev.cenote.protocols;

import java.util.Objects;
import java.util.Optional;

/**
 * What a pool connects to, in the terms of OpenTelemetry's semantic conventions for databases: what metrics and spans say
 * of it. Nothing here is secret.
 *
 * @param system {@code db.system.name}: {@code postgresql}, {@code mysql}, {@code mariadb}, {@code mongodb}, {@code redis},
 *     or {@code other_sql}
 * @param server {@code server.address} and {@code server.port}: the first server that was given, if one was
 * @param namespace {@code db.namespace}: the database, or Redis' database by its number, if it is known
 */
public record Database(String system, Optional<HostAndPort> server, Optional<String> namespace) {
    private static final Database UNKNOWN = new Database("other_sql", Optional.empty(), Optional.empty());

    public Database {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(namespace, "namespace");
    }

    /** One of which nothing is known: {@code other_sql}, as the conventions have it. */
    public static Database unknown() {
        return UNKNOWN;
    }
}
