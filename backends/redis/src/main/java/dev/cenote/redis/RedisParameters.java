package dev.cenote.redis;

import dev.cenote.protocols.Durations;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Reads a Redis URI. */
final class RedisParameters {
    private static final List<String> KNOWN = List.of(
            "caFile", "clientName", "maxInFlight", "protocol", "pubSubHeartbeat", "sharedConnections", "verifyPeer");

    private static final String SENTINEL = "-sentinel";
    static final String CLUSTER = "-cluster";

    private RedisParameters() {}

    // ---- one server, or sentinels

    static void apply(PoolUri uri, RedisPoolBuilder builder) {
        if (uri.scheme().endsWith(CLUSTER)) {
            throw new ConfigurationException(
                    "scheme " + uri.scheme() + " is RedisClusterPool's: give it to RedisClusterPool.builder()");
        }
        if (!RedisBackend.SCHEMES.contains(uri.scheme())) {
            var own = new TreeSet<>(RedisBackend.SCHEMES);
            own.removeIf(scheme -> scheme.endsWith(CLUSTER));
            throw new ConfigurationException("scheme must be one of " + own + ", was " + uri.scheme());
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
        identity(uri, builder);
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
            case "master" -> requireSentinels(builder, name);
            case "sentinelPassword" -> {
                requireSentinels(builder, name);
                builder.sentinelPassword(value);
            }
            case "database", "db" ->
                throw new ConfigurationException(
                        "parameter " + name + " must be given as the path, as in redis://host/" + value);
            default -> common(builder, name, value, List.of("master", "sentinelPassword"));
        }
    }

    private static void requireSentinels(RedisPoolBuilder builder, String name) {
        if (!builder.hasSentinels()) {
            throw new ConfigurationException(
                    "parameter " + name + " must be given with redis-sentinel:// or rediss-sentinel://, was without");
        }
    }

    // ---- a cluster

    static void apply(PoolUri uri, RedisClusterPoolBuilder builder) {
        if (!uri.scheme().endsWith(CLUSTER)) {
            throw new ConfigurationException("scheme must be redis-cluster or rediss-cluster, was " + uri.scheme());
        }
        builder.seeds(uri.hosts().stream().map(HostAndPort::toString).toArray(String[]::new));
        identity(uri, builder);
        if (!uri.path().isEmpty() && !uri.path().equals("0")) {
            throw new ConfigurationException(
                    "database must be 0 with a cluster, which has no other, was " + uri.path());
        }
        uri.driverParameters().forEach((name, value) -> parameter(builder, name, value));
    }

    private static void parameter(RedisClusterPoolBuilder builder, String name, String value) {
        switch (name) {
            case "maxRedirects" -> builder.maxRedirects(integer(name, value));
            case "topologyRefresh" -> builder.topologyRefresh(Durations.parse(name, value));
            default -> common(builder, name, value, List.of("maxRedirects", "topologyRefresh"));
        }
    }

    // ---- what all have

    private static void identity(PoolUri uri, LettucePoolBuilder<?, ?> builder) {
        builder.tls(uri.scheme().startsWith("rediss"));
        uri.user().ifPresent(builder::user);
        uri.password().ifPresent(builder::password);
    }

    private static void common(LettucePoolBuilder<?, ?> builder, String name, String value, List<String> others) {
        switch (name) {
            case "clientName" -> builder.clientName(value);
            case "protocol" -> builder.protocol(integer(name, value));
            case "sharedConnections" -> builder.sharedConnections(integer(name, value));
            case "maxInFlight" -> builder.maxInFlight(integer(name, value));
            case "pubSubHeartbeat" -> builder.pubSubHeartbeat(Durations.parse(name, value));
            case "caFile" -> builder.caFile(Path.of(value));
            case "verifyPeer" -> builder.verifyPeer(verifyPeer(value));
            case "timeout" ->
                throw new ConfigurationException(
                        "parameter timeout is the pool's: give pool.connectTimeout and pool.operationTimeout");
            default -> {
                var known = new TreeSet<>(KNOWN);
                known.addAll(others);
                throw new ConfigurationException("parameter " + name + " is unknown; known are " + known
                        + ", and the pool's with the prefix pool.");
            }
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
