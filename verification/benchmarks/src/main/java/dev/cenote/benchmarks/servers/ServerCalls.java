package dev.cenote.benchmarks.servers;

import dev.cenote.benchmarks.subjects.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is asked of the servers, and the subjects that can ask it, by name. */
public final class ServerCalls {
    /** Connections of each pool. */
    public static final int SIZE = 8;

    /** {@code select 1} of PostgreSQL. */
    public static final String SELECT = "PostgreSQL select 1";

    /** GET of Redis, through pools. */
    public static final String GET = "Redis GET";

    /** The prefix of the names of Cenote's shared lanes. */
    public static final String SHARED = "cenote-redis-shared";

    /** Cenote's leases of Redis. */
    public static final String LEASE = "cenote-redis";

    /** One connection of Lettuce for all. */
    public static final String LETTUCE_SHARED = "lettuce-shared";

    /** Lettuce's connections in a pool of commons-pool2. */
    public static final String LETTUCE_POOL = "lettuce-commons-pool2";

    /** {@code findOne} of MongoDB. */
    public static final String FIND_ONE = "findOne";

    /** Cenote's {@code pool.execute} of MongoDB. */
    public static final String MONGO = "cenote-mongo";

    /** The same on a lease. */
    public static final String MONGO_LEASE = "cenote-mongo-lease";

    /** MongoDB's driver alone, with the same sockets and deadline. */
    public static final String MONGO_DRIVER = "mongo-driver";

    private static final Map<String, Map<String, Factory>> CALLS = new LinkedHashMap<>();

    static {
        Map<String, Factory> select = calls(SELECT);
        select.put("cenote-postgres", PostgresCalls::cenote);
        select.put("hikaricp", PostgresCalls::hikari);
        select.put("postgres-no-pool", PostgresCalls::withoutPool);

        Map<String, Factory> get = calls(GET);
        RedisCalls read = RedisCalls.get();
        get.put(LEASE, read::lease);
        get.put("jedispool", read::jedisPool);
        get.put(LETTUCE_POOL, read::lettucePool);
        get.put("jedis-no-pool", read::jedisWithoutPool);
        get.put("lettuce-no-pool", read::lettuceWithoutPool);

        // Beside one another in time, since the machine may change its mind meanwhile.
        Map<String, Factory> findOne = calls(FIND_ONE);
        findOne.put(MONGO_DRIVER, MongoCalls::driver);
        findOne.put(MONGO, MongoCalls::execute);
        findOne.put(MONGO_LEASE, MongoCalls::lease);
        findOne.put(MONGO_DRIVER + "-no-deadline", MongoCalls::driverWithoutDeadline);

        lanes("GET", read);
        // How many connections are best: once is enough to tell.
        calls("GET").put(SHARED + "-2", uri -> read.shared(uri, 2));
        calls("GET").put(SHARED + "-4", uri -> read.shared(uri, 4));
        lanes("SET", RedisCalls.set());
    }

    private ServerCalls() {}

    private static Map<String, Factory> calls(String call) {
        return CALLS.computeIfAbsent(call, name -> new LinkedHashMap<>());
    }

    private static void lanes(String call, RedisCalls command) {
        Map<String, Factory> lanes = calls(call);
        lanes.put(SHARED, uri -> command.shared(uri, 1));
        lanes.put(LETTUCE_SHARED, command::lettuceShared);
        lanes.put(LEASE, command::lease);
        lanes.put(LETTUCE_POOL, command::lettucePool);
        lanes.put("jedispool", command::jedisPool);
    }

    /** Those that can make the call of that name. */
    public static List<String> subjects(String call) {
        return List.copyOf(calls(call).keySet());
    }

    /** That call by the subject of that name, to the server of that URI. */
    public static Subject open(String call, String name, String uri) throws Exception {
        Factory factory = calls(call).get(name);
        if (factory == null) {
            throw new IllegalArgumentException("nobody named " + name + " makes the call " + call);
        }
        return factory.open(uri);
    }

    private interface Factory {
        Subject open(String uri) throws Exception;
    }
}
