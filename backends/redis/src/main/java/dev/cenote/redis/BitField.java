package dev.cenote.redis;

import dev.cenote.protocols.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps on whole numbers of any width within a value, which the server runs at once. Each step but {@link #overflow} tells
 * one number. Types are {@code i5} for 5 bits with a sign, up to {@code i64}, and {@code u5} for such without, up to {@code
 * u63}. Offsets count bits. Immutable.
 */
public final class BitField {
    /** What becomes of a sum that does not fit. */
    public enum Overflow {
        /** It begins again from the other end. */
        WRAP,
        /** It stays at the end. */
        SAT,
        /** The step does nothing and tells nothing. */
        FAIL
    }

    private static final BitField NONE = new BitField(List.of(), Effect.READ_ONLY);

    private final List<String> words;
    private final Effect effect;

    private BitField(List<String> words, Effect effect) {
        this.words = words;
        this.effect = effect;
    }

    /** Reads a number. */
    public static BitField get(String type, long offset) {
        return NONE.thenGet(type, offset);
    }

    /** Writes a number, and tells what it was. */
    public static BitField set(String type, long offset, long value) {
        return NONE.thenSet(type, offset, value);
    }

    /** Adds to a number, and tells the sum. */
    public static BitField incrBy(String type, long offset, long amount) {
        return NONE.thenIncrBy(type, offset, amount);
    }

    /** What becomes of sums of the steps that follow; at first they {@link Overflow#WRAP}. */
    public static BitField overflow(Overflow overflow) {
        return NONE.thenOverflow(overflow);
    }

    /** Then reads a number. */
    public BitField thenGet(String type, long offset) {
        return with(effect, "GET", type, Long.toString(offset));
    }

    /** Then writes a number, and tells what it was. */
    public BitField thenSet(String type, long offset, long value) {
        Effect least = effect == Effect.READ_ONLY ? Effect.IDEMPOTENT : effect;
        return with(least, "SET", type, Long.toString(offset), Long.toString(value));
    }

    /** Then adds to a number, and tells the sum. */
    public BitField thenIncrBy(String type, long offset, long amount) {
        return with(Effect.NON_IDEMPOTENT, "INCRBY", type, Long.toString(offset), Long.toString(amount));
    }

    /** What becomes of sums of the steps that follow. */
    public BitField thenOverflow(Overflow overflow) {
        return with(effect, "OVERFLOW", overflow.name());
    }

    private BitField with(Effect then, String... more) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new BitField(List.copyOf(all), then);
    }

    List<String> words() {
        return words;
    }

    Effect effect() {
        return effect;
    }
}
