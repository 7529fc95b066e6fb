/**
 * Publish and subscribe: listeners and publishers that survive the loss of their connection, and tell for how long they
 * could hear nothing. Start at {@link dev.cenote.redis.pubsub.RedisPubSub}.
 */
@NullMarked
package dev.cenote.redis.pubsub;

import org.jspecify.annotations.NullMarked;
