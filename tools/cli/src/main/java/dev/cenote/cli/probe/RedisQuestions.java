package dev.cenote.cli.probe;

import static dev.cenote.cli.probe.Questions.ifTold;
import static dev.cenote.redis.RedisOperations.command;

import dev.cenote.cli.probe.ServerInfo.Idle;
import dev.cenote.cli.probe.ServerInfo.Limits;
import dev.cenote.cli.probe.ServerInfo.Role;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolUri;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What Redis tells. */
final class RedisQuestions {
    private final Lease<RedisConnection> lease;

    RedisQuestions(Lease<RedisConnection> lease) {
        this.lease = lease;
    }

    ServerInfo ask(PoolUri uri) {
        Map<String, String> info = info("server");
        info.putAll(info("clients"));
        info.putAll(info("replication"));
        info.putAll(info("cluster"));
        return new ServerInfo(
                "Redis",
                info.getOrDefault("redis_version", "unknown"),
                uri.scheme().startsWith("rediss") ? "on" : "none",
                role(info).map(role -> inCluster(role, info)),
                new Limits(number(info, "maxclients"), OptionalLong.of(0), number(info, "connected_clients")),
                new Idle("timeout", seconds("timeout"), seconds("tcp-keepalive")),
                Questions.clockAhead(this::clock));
    }

    private static Optional<Role> role(Map<String, String> info) {
        return Optional.ofNullable(info.get("role")).map(role -> switch (role) {
            case "master" -> new Role("primary", true);
            case "slave" -> new Role("replica", !"1".equals(info.getOrDefault("slave_read_only", "1")));
            default -> new Role(role, true);
        });
    }

    private Role inCluster(Role role, Map<String, String> info) {
        if (!"1".equals(info.get("cluster_enabled"))) {
            return role;
        }
        String size = fields("CLUSTER", "INFO").getOrDefault("cluster_size", "unknown size");
        return new Role(role.name() + " in a cluster of " + size, role.acceptsWrites());
    }

    private Map<String, String> info(String section) {
        return fields("INFO", section);
    }

    /** A reply of lines such as {@code name:value}. */
    private Map<String, String> fields(String command, String argument) {
        var found = new HashMap<String, String>();
        ask(command, argument)
                .flatMap(RedisReply::text)
                .ifPresent(text -> text.lines().forEach(line -> {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        found.put(
                                line.substring(0, colon),
                                line.substring(colon + 1).strip());
                    }
                }));
        return found;
    }

    private static OptionalLong number(Map<String, String> info, String name) {
        String value = info.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    private Optional<Duration> seconds(String setting) {
        return ask("CONFIG", "GET", setting)
                .map(RedisReply::list)
                .filter(pair -> pair.size() == 2)
                .map(pair -> Duration.ofSeconds(pair.get(1).number()));
    }

    private Optional<Long> clock() {
        return ask("TIME").map(RedisReply::list).map(RedisQuestions::millis);
    }

    private static long millis(List<RedisReply> secondsAndMicros) {
        return secondsAndMicros.get(0).number() * 1_000
                + secondsAndMicros.get(1).number() / 1_000;
    }

    private Optional<RedisReply> ask(String name, Object... arguments) {
        return ifTold(() -> lease.execute(command(Effect.READ_ONLY, name, arguments)));
    }
}
