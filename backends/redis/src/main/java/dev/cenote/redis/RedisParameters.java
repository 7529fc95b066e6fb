package dev.cenote.redis;

import dev.cenote.protocols.Durations;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads a Redis URI. */
final class RedisParameters {
    private static final List<String> KNOWN = List.of(
            "caFile",
            "clientName",
            "master",
            "maxInFlight",
            "protocol",
            "pubSubHeartbeat",
            "sentinelPassword",
            "sharedConnections",
            "verifyPeer");

    private static final String SENTINEL = "-sentinel";

    private RedisParameters() {}

    static void apply(PoolUri uri, RedisPoolBuilder builder) {
        if (!RedisBackend.SCHEMES.contains(uri.scheme())) {
            throw new ConfigurationException("scheme must be one of " + RedisBackend.SCHEMES + ", was " + uri.scheme());
        }
        if (uri.scheme().endsWith(SENTINEL)) {
            sentinels(uri, builder);
        } else if (uri.hosts().size() != 1) {
            throw new ConfigurationException("host must be one, were " + uri.hosts());
        } else {
            HostAndPort server = uri.hosts().get(0);
            builder.host(server.host());
            server.port().ifPresent(builder::port);
        }
        builder.tls(uri.scheme().startsWith("rediss"));
        uri.user().ifPresent(builder::user);
        uri.password().ifPresent(builder::password);
        if (!uri.path().isEmpty()) {
            builder.database(integer("database", uri.path()));
        }
        uri.driverParameters().forEach((name, value) -> parameter(builder, name, value));
    }

    private static void sentinels(PoolUri uri, RedisPoolBuilder builder) {
        String master = uri.driverParameters().get("master");
        if (master == null) {
            throw new ConfigurationException("parameter master must name what the sentinels watch, was not given");
        }
        builder.sentinels(
                master, uri.hosts().stream().map(HostAndPort::toString).toArray(String[]::new));
    }

    private static void parameter(RedisPoolBuilder builder, String name, String value) {
        switch (name) {
            case "clientName" -> builder.clientName(value);
            case "protocol" -> builder.protocol(integer(name, value));
            case "master" -> requireSentinels(builder, name);
            case "sentinelPassword" -> {
                requireSentinels(builder, name);
                builder.sentinelPassword(value);
            }
            case "sharedConnections" -> builder.sharedConnections(integer(name, value));
            case "maxInFlight" -> builder.maxInFlight(integer(name, value));
            case "pubSubHeartbeat" -> builder.pubSubHeartbeat(Durations.parse(name, value));
            case "caFile" -> builder.caFile(Path.of(value));
            case "verifyPeer" -> builder.verifyPeer(verifyPeer(value));
            case "timeout" ->
                throw new ConfigurationException(
                        "parameter timeout is the pool's: give pool.connectTimeout and pool.operationTimeout");
            case "database", "db" ->
                throw new ConfigurationException(
                        "parameter " + name + " must be given as the path, as in redis://host/" + value);
            default ->
                throw new ConfigurationException("parameter " + name + " is unknown; known are " + KNOWN
                        + ", and the pool's with the prefix pool.");
        }
    }

    private static void requireSentinels(RedisPoolBuilder builder, String name) {
        if (!builder.hasSentinels()) {
            throw new ConfigurationException(
                    "parameter " + name + " must be given with redis-sentinel:// or rediss-sentinel://, was without");
        }
    }

    private static RedisPoolBuilder.VerifyPeer verifyPeer(String value) {
        try {
            return RedisPoolBuilder.VerifyPeer.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new ConfigurationException("verifyPeer must be full, ca or none, was " + value);
        }
    }

    private static int integer(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException malformed) {
            throw new ConfigurationException(name + " must be a whole number, was " + value);
        }
    }
}
