package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import java.util.List;
import java.util.Optional;

/** Operations on the bits of single values. */
public final class RedisBitmaps<K> extends TypedGroup<K, byte[]> {
    /** What the ends of a range count. */
    public enum RangeUnit {
        BYTE,
        BIT
    }

    /** How bits are put together. */
    public enum BitOperator {
        AND,
        OR,
        XOR,
        /** Of one source alone. */
        NOT
    }

    RedisBitmaps(ValueCodec<K> keys) {
        super(keys, ValueCodec.bytes());
    }

    /** Sets or clears a bit; tells whether it was set. */
    public RedisOperation<Boolean> setbit(K key, long offset, boolean bit) {
        return setting("SETBIT").key(key).number(offset).number(bit ? 1 : 0).reply(Reply.TRUTH);
    }

    /** True if a bit is set. */
    public RedisOperation<Boolean> getbit(K key, long offset) {
        return reading("GETBIT").key(key).number(offset).reply(Reply.TRUTH);
    }

    /** Number of bits that are set. */
    public RedisOperation<Long> bitcount(K key) {
        return reading("BITCOUNT").key(key).reply(Reply.NUMBER);
    }

    /** Number of bits that are set from {@code start} to {@code end}, both included; negative ones count from the end. */
    public RedisOperation<Long> bitcount(K key, long start, long end, RangeUnit unit) {
        return reading("BITCOUNT")
                .key(key)
                .number(start)
                .number(end)
                .word(unit.name())
                .reply(Reply.NUMBER);
    }

    /** Place of the first bit that is {@code bit}; empty if there is none. Of clear bits, there is one after the last byte. */
    public RedisOperation<Optional<Long>> bitpos(K key, boolean bit) {
        return reading("BITPOS").key(key).number(bit ? 1 : 0).reply(PLACE);
    }

    /** As {@link #bitpos(Object, boolean)} from the byte {@code start} to {@code end}, both included. */
    public RedisOperation<Optional<Long>> bitpos(K key, boolean bit, long start, long end) {
        return reading("BITPOS")
                .key(key)
                .number(bit ? 1 : 0)
                .number(start)
                .number(end)
                .reply(PLACE);
    }

    private static final Reply.Decoder<Optional<Long>> PLACE = new Reply.Decoder<>(Optional.class, reply -> {
        long place = Reply.number(reply);
        return place < 0 ? Optional.empty() : Optional.of(place);
    });

    /** Stores what it makes of the bits of {@code sources}; tells the length in bytes. */
    @SafeVarargs
    public final RedisOperation<Long> bitop(BitOperator operator, K destination, K... sources) {
        return storing("BITOP", destination, List.of(sources))
                .word(operator.name())
                .key(destination)
                .keys(sources)
                .reply(Reply.NUMBER);
    }

    /** Runs the steps; tells a number for each that tells one, empty where a sum did not fit and was to fail. */
    public RedisOperation<List<Optional<Long>>> bitfield(K key, BitField steps) {
        String name = steps.effect() == Effect.READ_ONLY ? "BITFIELD_RO" : "BITFIELD";
        return reading(name)
                .effect(steps.effect())
                .key(key)
                .words(steps.words())
                .reply(Reply.list(one -> Reply.maybe(one, Reply::number)));
    }
}
