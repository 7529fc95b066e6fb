package dev.cenote.examples;

import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.set;

import dev.cenote.redis.RedisPool;
import dev.cenote.redis.SetOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A cache and a counter. */
public final class RedisExample {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private RedisExample() {}

    /** The cached value of {@code key}; where there is none, what {@code source} gives, which is then cached. */
    public static String cached(RedisPool pool, String key, Supplier<String> source) {
        Optional<String> found = pool.execute(get(key));
        if (found.isPresent()) {
            return found.get();
        }
        String made = source.get();
        pool.execute(set(key, made, SetOptions.none().expireAfter(KEPT)));
        return made;
    }

    /** Counts a visit and gives the number so far. Never tried again when its fate is unknown: it might count twice. */
    public static long visit(RedisPool pool, String page) {
        return pool.execute(incr("visits:" + page));
    }

    /** Forgets a page's visits. */
    public static void forget(RedisPool pool, String page) {
        pool.execute(delete("visits:" + page));
    }
}
