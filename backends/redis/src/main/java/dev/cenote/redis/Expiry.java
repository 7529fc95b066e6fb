package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.time.Duration;
import java.time.Instant;

/** When a value expires, to the millisecond. Immutable. */
public final class Expiry {
    private static final Expiry NEVER = new Expiry("PERSIST", 0);

    private final String word;
    private final long millis;

    private Expiry(String word, long millis) {
        this.word = word;
        this.millis = millis;
    }

    /** After {@code time}, rounded up to the millisecond, counted by the server from when it runs the command. */
    public static Expiry after(Duration time) {
        return new Expiry("PX", millis(time));
    }

    /** At {@code instant} by the server's clock. */
    public static Expiry at(Instant instant) {
        return new Expiry("PXAT", instant.toEpochMilli());
    }

    /** Never: an expiry that it has is taken away. */
    public static Expiry never() {
        return NEVER;
    }

    boolean isNever() {
        return this == NEVER;
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        draft.word(word);
        return isNever() ? draft : draft.number(millis);
    }

    /** Rounded up: 0 milliseconds would delete the key. */
    static long millis(Duration time) {
        return Check.positive("expiry", time).plusNanos(999_999).toMillis();
    }
}
