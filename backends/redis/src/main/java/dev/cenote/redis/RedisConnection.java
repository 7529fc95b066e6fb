package dev.cenote.redis;

import dev.cenote.protocols.Connection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * A connection to a Redis server. It unwraps to Lettuce's {@link StatefulRedisConnection}, {@link RedisCommands} and
 * {@link RedisAsyncCommands}; who unwraps it may change the session, so that it is cleaned on return.
 */
public final class RedisConnection implements Connection {
    private final StatefulRedisConnection<String, String> driver;
    private boolean exposed;

    RedisConnection(StatefulRedisConnection<String, String> driver) {
        this.driver = driver;
    }

    StatefulRedisConnection<String, String> driver() {
        return driver;
    }

    RedisAsyncCommands<String, String> commands() {
        return driver.async();
    }

    boolean isExposed() {
        return exposed;
    }

    void clean() {
        exposed = false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        for (Object candidate : new Object[] {driver, driver.sync(), driver.async()}) {
            if (type.isInstance(candidate)) {
                exposed = true;
                return type.cast(candidate);
            }
        }
        throw new IllegalArgumentException(
                "type must be StatefulRedisConnection, RedisCommands or RedisAsyncCommands, was " + type.getName());
    }
}
