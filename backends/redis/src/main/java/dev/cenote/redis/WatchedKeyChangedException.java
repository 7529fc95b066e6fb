package dev.cenote.redis;

import io.lettuce.core.RedisException;

/**
 * EXEC executed nothing, since a key that the transaction watched was changed meanwhile. The transaction must be run
 * again, which the retry policy of the pool does.
 */
public class WatchedKeyChangedException extends RedisException {
    private static final long serialVersionUID = 1L;

    WatchedKeyChangedException() {
        super("EXEC executed nothing: a watched key was changed");
    }
}
