package dev.cenote.redis.pubsub;

import dev.cenote.protocols.Check;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;

/**
 * How a subscription reads and buffers messages. Immutable.
 *
 * @param codec reads what messages carry; only its values count
 * @param buffer how many messages may wait for the subscriber
 * @param overflow what becomes of one more
 * @param <V> what a message carries
 */
public record SubscriptionOptions<V>(RedisCodec<?, V> codec, int buffer, OverflowPolicy overflow) {
    /**
     * Checks them.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless {@code buffer} is at least 1
     */
    public SubscriptionOptions {
        Check.atLeast("buffer", 1, buffer);
    }

    /** Of text in UTF-8, with a buffer of 1,024 that drops the oldest. */
    public static SubscriptionOptions<String> text() {
        return of(StringCodec.UTF8);
    }

    /** Of bytes, with a buffer of 1,024 that drops the oldest. */
    public static SubscriptionOptions<byte[]> bytes() {
        return of(ByteArrayCodec.INSTANCE);
    }

    /** Of what {@code codec} reads, with a buffer of 1,024 that drops the oldest. */
    public static <V> SubscriptionOptions<V> of(RedisCodec<?, V> codec) {
        return new SubscriptionOptions<>(codec, 1024, OverflowPolicy.DROP_OLDEST);
    }

    /** These, with that buffer. */
    public SubscriptionOptions<V> buffer(int messages) {
        return new SubscriptionOptions<>(codec, messages, overflow);
    }

    /** These, with that policy. */
    public SubscriptionOptions<V> overflow(OverflowPolicy policy) {
        return new SubscriptionOptions<>(codec, buffer, policy);
    }
}
