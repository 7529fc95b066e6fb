package dev.cenote.benchmarks.servers;

import dev.cenote.benchmarks.subjects.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls, by the name of the subject. */
public final class ServerCalls {
    /** Connections of each pool. */
    public static final int SIZE = 8;

    private static final Map<String, Factory> POSTGRES = new LinkedHashMap<>();
    private static final Map<String, Factory> REDIS = new LinkedHashMap<>();

    static {
        POSTGRES.put("cenote-postgres", PostgresCalls::cenote);
        POSTGRES.put("hikaricp", PostgresCalls::hikari);
        POSTGRES.put("postgres-no-pool", PostgresCalls::withoutPool);
        REDIS.put("cenote-redis", RedisCalls::cenote);
        REDIS.put("jedispool", RedisCalls::jedisPool);
        REDIS.put("lettuce-commons-pool2", RedisCalls::lettucePool);
        REDIS.put("jedis-no-pool", RedisCalls::jedisWithoutPool);
        REDIS.put("lettuce-no-pool", RedisCalls::lettuceWithoutPool);
    }

    private ServerCalls() {}

    /** Those that ask PostgreSQL {@code select 1}. */
    public static List<String> postgres() {
        return List.copyOf(POSTGRES.keySet());
    }

    /** Those that ask Redis to GET a key. */
    public static List<String> redis() {
        return List.copyOf(REDIS.keySet());
    }

    /** The call of that name to the server of that URI. */
    public static Subject open(String name, String uri) throws Exception {
        Factory factory = POSTGRES.containsKey(name) ? POSTGRES.get(name) : REDIS.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("no call is named " + name);
        }
        return factory.open(uri);
    }

    private interface Factory {
        Subject open(String uri) throws Exception;
    }
}
