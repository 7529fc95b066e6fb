package dev.cenote.redis;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Effect;
import dev.cenote.redis.Reply.Decoder;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command in the making: its words in the order in which they are sent, and which of them are keys. */
final class Draft<K, V> {
    private final ValueCodec<K> keyCodec;
    private final ValueCodec<V> valueCodec;
    private final String name;
    private final Keyword keyword;
    private final List<byte[]> keys = new ArrayList<>(2);
    private final CommandArgs<byte[], byte[]> first = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    private CommandArgs<byte[], byte[]> args = first;
    private Effect effect;
    private @Nullable Waiting waiting;
    private @Nullable String target;
    private boolean session;
    private boolean alone;

    /** @param name what it is called, such as GET or XGROUP CREATE; in the latter case the first argument is named too */
    Draft(ValueCodec<K> keyCodec, ValueCodec<V> valueCodec, String name, Effect effect) {
        this.keyCodec = keyCodec;
        this.valueCodec = valueCodec;
        this.name = name;
        this.effect = effect;
        int space = name.indexOf(' ');
        this.keyword = Keyword.of(space < 0 ? name : name.substring(0, space));
        if (space >= 0) {
            word(name.substring(space + 1));
        }
    }

    // ---- words

    Draft<K, V> key(K key) {
        byte[] bytes = keyCodec.encode(Objects.requireNonNull(key, "key"));
        keys.add(bytes);
        args.addKey(bytes);
        return this;
    }

    Draft<K, V> keys(Collection<? extends K> some) {
        Check.atLeast("keys.size", 1, some.size());
        some.forEach(this::key);
        return this;
    }

    /** At least one. */
    @SafeVarargs
    final Draft<K, V> keys(K... some) {
        requireSome("keys", some);
        for (K key : some) {
            key(key);
        }
        return this;
    }

    /** How many keys follow, and the keys. */
    @SafeVarargs
    final Draft<K, V> countedKeys(K... some) {
        requireSome("keys", some);
        return number(some.length).keys(some);
    }

    /** A field of a hash or of an entry: written as a key is, and none. */
    Draft<K, V> field(K field) {
        args.add(keyCodec.encode(Objects.requireNonNull(field, "field")));
        return this;
    }

    @SafeVarargs
    final Draft<K, V> fields(K... some) {
        requireSome("fields", some);
        for (K field : some) {
            field(field);
        }
        return this;
    }

    Draft<K, V> fields(Map<? extends K, ? extends V> all) {
        Check.atLeast("fields.size", 1, all.size());
        all.forEach((field, value) -> field(field).value(value));
        return this;
    }

    Draft<K, V> value(V value) {
        args.add(valueCodec.encode(Objects.requireNonNull(value, "value")));
        return this;
    }

    @SafeVarargs
    final Draft<K, V> values(String field, V... some) {
        requireSome(field, some);
        for (V value : some) {
            value(value);
        }
        return this;
    }

    Draft<K, V> word(String word) {
        args.add(word.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Draft<K, V> words(String field, String... some) {
        requireSome(field, some);
        for (String word : some) {
            word(word);
        }
        return this;
    }

    Draft<K, V> words(Collection<String> some) {
        some.forEach(this::word);
        return this;
    }

    Draft<K, V> when(boolean said, String word) {
        return said ? word(word) : this;
    }

    Draft<K, V> bytes(byte[] bytes) {
        args.add(bytes);
        return this;
    }

    Draft<K, V> number(long number) {
        args.add(number);
        return this;
    }

    Draft<K, V> number(double number) {
        return word(decimal(number));
    }

    static String decimal(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "+inf" : "-inf";
        }
        return Double.toString(number);
    }

    private static void requireSome(String field, Object[] some) {
        if (some.length == 0) {
            throw new IllegalArgumentException(field + " must not be empty, was []");
        }
    }

    // ---- what it is

    Draft<K, V> effect(Effect other) {
        effect = other;
        return this;
    }

    /** Not a key, and shown in its place. */
    Draft<K, V> target(String shown) {
        target = shown;
        return this;
    }

    /** Here stands how long the server is to wait, in seconds; what waits has a connection to itself. */
    Draft<K, V> waitingSeconds(Duration asked) {
        return waiting(new Waiting(Check.positive("timeout", asked), false));
    }

    /** As {@link #waitingSeconds}, in whole milliseconds. */
    Draft<K, V> waitingMillis(Duration asked) {
        return waiting(new Waiting(Check.positive("timeout", asked), true));
    }

    private Draft<K, V> waiting(Waiting told) {
        waiting = told;
        args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        return this;
    }

    /** It needs a connection to itself. */
    Draft<K, V> alone() {
        alone = true;
        return this;
    }

    /** It changes the connection's session, which is cleaned after it. */
    Draft<K, V> changingSession() {
        session = true;
        return alone();
    }

    // ---- the operation

    <R> SingleCommand<R> command(Decoder<R> decoder) {
        return new SingleCommand<>(name, keyword, new SingleCommand.Words(first, waiting, args), decoder, session);
    }

    <R> RedisOperation<R> reply(Decoder<R> decoder) {
        SingleCommand<R> command = command(decoder);
        return new RedisOperation<>(facts(), decoder.type(), command);
    }

    RedisOperation.Facts facts() {
        RedisOperation.Lane lane =
                alone || waiting != null ? RedisOperation.Lane.EXCLUSIVE : RedisOperation.Lane.SHARED;
        return new RedisOperation.Facts(name, target, List.copyOf(keys), effect, lane);
    }
}
