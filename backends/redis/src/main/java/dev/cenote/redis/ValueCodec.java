package dev.cenote.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How keys or values are written to Redis and read from it. Implementations are thread-safe, and what they decode is the
 * caller's to keep.
 *
 * <pre>{@code
 * RedisTypes<String, byte[]> pictures = RedisOperations.with(ValueCodec.bytes());
 * RedisTypes<String, User> users = RedisOperations.with(JsonCodec.of(mapper, User.class));
 * Optional<User> user = pool.execute(users.strings().get("user:1"));
 * }</pre>
 *
 * @param <T> what is written and read
 */
public interface ValueCodec<T> {
    /** The bytes to send. What it throws flows out of the method that makes the operation. */
    byte[] encode(T value);

    /**
     * What the server's bytes say. What it throws becomes the {@link ValueCodecException} that is the cause of the
     * operation's error; the connection is kept, and the operation is not tried again.
     */
    T decode(byte[] bytes);

    /** Text in UTF-8. */
    static ValueCodec<String> strings() {
        return Strings.INSTANCE;
    }

    /**
     * Bytes as they are; the arrays given must not be changed afterwards. Maps and sets of what Redis told compare them by
     * content.
     */
    static ValueCodec<byte[]> bytes() {
        return Bytes.INSTANCE;
    }

    /** Of {@link #strings()}. */
    enum Strings implements ValueCodec<String> {
        INSTANCE;

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Of {@link #bytes()}. */
    enum Bytes implements ValueCodec<byte[]> {
        INSTANCE;

        @Override
        public byte[] encode(byte[] value) {
            return value;
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }

        static int compare(byte[] one, byte[] other) {
            return Arrays.compareUnsigned(one, other);
        }
    }
}
