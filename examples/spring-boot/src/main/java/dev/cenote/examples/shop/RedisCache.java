package dev.cenote.examples.shop;

import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.SetOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import tools.jackson.databind.json.JsonMapper;

/** One of Spring's caches, in Redis on Cenote's pool; values of one type, as JSON, for a minute. Thread-safe. */
final class RedisCache extends AbstractValueAdaptingCache {
    private static final SetOptions FOR_A_MINUTE = SetOptions.none().expireAfter(Duration.ofMinutes(1));

    private final String name;
    private final Class<?> type;
    private final RedisPool pool;
    private final JsonMapper json;

    RedisCache(String name, Class<?> type, RedisPool pool, JsonMapper json) {
        super(false);
        this.name = name;
        this.type = type;
        this.pool = pool;
        this.json = json;
    }

    private String keyOf(Object key) {
        return name + ":" + key;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getNativeCache() {
        return pool;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        return pool.execute(RedisOperations.get(keyOf(key)))
                .map(text -> (Object) json.readValue(text, type))
                .orElse(null);
    }

    @Override
    @SuppressWarnings("unchecked") // the type is that of the cache's values
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        Object found = lookup(key);
        if (found == null) {
            try {
                found = loader.call();
            } catch (Exception failure) {
                throw new ValueRetrievalException(key, loader, failure);
            }
            put(key, found);
        }
        return (T) found;
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (value != null) {
            pool.execute(RedisOperations.set(keyOf(key), json.writeValueAsString(value), FOR_A_MINUTE));
        }
    }

    @Override
    public void evict(Object key) {
        pool.execute(RedisOperations.delete(keyOf(key)));
    }

    /** Not needed here: entries go by themselves. */
    @Override
    public void clear() {
        throw new UnsupportedOperationException("clear");
    }
}
