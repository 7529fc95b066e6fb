/**
 * Redis, through Lettuce: exclusive leases of connections that do not reconnect by themselves, so that nothing is sent
 * again behind a caller's back. Start at {@link dev.cenote.redis.RedisPool} and {@link dev.cenote.redis.RedisOperations}.
 */
@NullMarked
package dev.cenote.redis;

import org.jspecify.annotations.NullMarked;
