package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import dev.cenote.redis.Reply.Decoder;
import dev.cenote.redis.ValueCodec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operations on keys and values of given types: how their commands begin, and how their replies are read. */
abstract class TypedGroup<K, V> {
    private final ValueCodec<K> keyCodec;
    private final ValueCodec<V> valueCodec;

    TypedGroup(ValueCodec<K> keyCodec, ValueCodec<V> valueCodec) {
        this.keyCodec = keyCodec;
        this.valueCodec = valueCodec;
    }

    // ---- commands, by what they do to the data; the rules stand in RedisOperation

    final Draft<K, V> reading(String name) {
        return new Draft<>(keyCodec, valueCodec, name, Effect.READ_ONLY);
    }

    /** Leaves the same data if it runs twice. */
    final Draft<K, V> setting(String name) {
        return new Draft<>(keyCodec, valueCodec, name, Effect.IDEMPOTENT);
    }

    /** Must not run twice. */
    final Draft<K, V> changing(String name) {
        return new Draft<>(keyCodec, valueCodec, name, Effect.NON_IDEMPOTENT);
    }

    final Draft<K, V> settingUnless(boolean mustNotRunTwice, String name) {
        return mustNotRunTwice ? changing(name) : setting(name);
    }

    /** Stores what it makes of {@code sources}, which another run would make of something else if it is one of them. */
    final Draft<K, V> storing(String name, K destination, List<? extends K> sources) {
        byte[] written = keyCodec.encode(destination);
        boolean overSource = sources.stream().anyMatch(source -> Bytes.compare(written, keyCodec.encode(source)) == 0);
        return settingUnless(overSource, name);
    }

    // ---- replies

    final V value(@Nullable Object reply) {
        return decoded(valueCodec, Reply.bytes(reply));
    }

    final K key(@Nullable Object reply) {
        return decoded(keyCodec, Reply.bytes(reply));
    }

    static <T> T decoded(ValueCodec<T> codec, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (ValueCodecException told) {
            throw told;
        } catch (RuntimeException failure) {
            throw new ValueCodecException("what Redis has must be what " + codec + " can read", failure);
        }
    }

    final Decoder<Optional<V>> optionalValue() {
        return Reply.optional(this::value);
    }

    final Decoder<List<V>> values() {
        return Reply.list(this::value);
    }

    final Decoder<List<Optional<V>>> optionalValues() {
        return Reply.list(one -> Reply.maybe(one, this::value));
    }

    final Decoder<Optional<K>> optionalKey() {
        return Reply.optional(this::key);
    }

    final Decoder<List<K>> keyList() {
        return Reply.list(this::key);
    }

    final Decoder<Set<V>> valueSet() {
        return new Decoder<>(Set.class, reply -> {
            Set<V> set = newSet(valueCodec);
            set.addAll(Reply.each(reply, this::value));
            return set;
        });
    }

    final Decoder<Map<K, V>> fieldMap() {
        return new Decoder<>(Map.class, this::fields);
    }

    final Map<K, V> fields(@Nullable Object reply) {
        Map<K, V> fields = newMap();
        Reply.pairs(reply, (field, value) -> fields.put(key(field), value(value)));
        return fields;
    }

    final Decoder<List<Map.Entry<K, V>>> fieldList() {
        return new Decoder<>(List.class, this::fieldEntries);
    }

    final List<Map.Entry<K, V>> fieldEntries(@Nullable Object reply) {
        return Reply.pairs(reply, (field, value) -> Map.entry(key(field), value(value)));
    }

    final Decoder<List<Scored<V>>> scoredList() {
        return new Decoder<>(List.class, this::scored);
    }

    final List<Scored<V>> scored(@Nullable Object reply) {
        return Reply.pairs(reply, (member, score) -> new Scored<>(value(member), Reply.decimal(score)));
    }

    final <T> Decoder<ScanPage<T>> page(java.util.function.Function<@Nullable Object, List<T>> items) {
        return new Decoder<>(ScanPage.class, reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new ScanPage<>(ScanCursor.of(Reply.text(parts.get(0))), items.apply(parts.get(1)));
        });
    }

    // ---- collections: arrays of bytes compare by content only in ordered ones

    @SuppressWarnings("unchecked") // checked by the codec, whose type is that of the elements
    private static <T> Set<T> newSet(ValueCodec<T> codec) {
        return codec == Bytes.INSTANCE ? (Set<T>) new TreeSet<>(Bytes::compare) : new LinkedHashSet<>();
    }

    @SuppressWarnings("unchecked") // checked by the codec, whose type is that of the keys
    final <T> Map<K, T> newMap() {
        return (ValueCodec<?>) keyCodec == Bytes.INSTANCE
                ? (Map<K, T>) new TreeMap<byte[], T>(Bytes::compare)
                : new LinkedHashMap<>();
    }

    /** Of what is named in words and not by a codec. */
    static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }
}
