package dev.cenote.redis;

/** A key among the arguments of a {@link RedisOperations#command raw command}. Made by {@link RedisOperations#key}. */
public final class RawKey {
    private final byte[] bytes;

    RawKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key that {@code codec} writes. */
    public static <K> RawKey of(ValueCodec<K> codec, K key) {
        return new RawKey(codec.encode(key));
    }

    byte[] bytes() {
        return bytes;
    }
}
