package dev.cenote.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;

/**
 * Values as JSON, by Jackson, which is an optional dependency: whoever uses this brings {@code jackson-databind}.
 * Thread-safe as the mapper is.
 *
 * @param <T> what is written and read
 */
public final class JsonCodec<T> implements ValueCodec<T> {
    private final ObjectMapper mapper;
    private final JavaType type;

    private JsonCodec(ObjectMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
    }

    /** Values of a class or record. */
    public static <T> JsonCodec<T> of(ObjectMapper mapper, Class<T> type) {
        return new JsonCodec<>(mapper, mapper.constructType(type));
    }

    /** Values of a generic type, such as {@code new TypeReference<List<User>>() {}}. */
    public static <T> JsonCodec<T> of(ObjectMapper mapper, TypeReference<T> type) {
        return new JsonCodec<>(mapper, mapper.constructType(type));
    }

    /**
     * {@inheritDoc}
     *
     * @throws ValueCodecException if Jackson cannot write it
     */
    @Override
    public byte[] encode(T value) {
        Objects.requireNonNull(value, "value");
        try {
            return mapper.writerFor(type).writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            throw new ValueCodecException("value must be what " + this + " can write", failure);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws ValueCodecException if Jackson cannot read it, or it is JSON's null
     */
    @Override
    public T decode(byte[] bytes) {
        try {
            T value = mapper.readValue(bytes, type);
            return Objects.requireNonNull(value, "JSON must not be null");
        } catch (IOException | NullPointerException failure) {
            throw new ValueCodecException("what Redis has must be what " + this + " can read", failure);
        }
    }

    @Override
    public String toString() {
        return "JsonCodec[" + type.toCanonical() + "]";
    }
}
