package dev.cenote.redis;

import dev.cenote.protocols.Check;
import java.time.Duration;
import java.util.Optional;

/** Which of a group's pending entries are listed. Immutable. */
public final class PendingQuery {
    private final String first;
    private final String last;
    private final int count;
    private final Optional<String> consumer;
    private final Optional<Duration> idle;

    private PendingQuery(String first, String last, int count, Optional<String> consumer, Optional<Duration> idle) {
        this.first = first;
        this.last = last;
        this.count = count;
        this.consumer = consumer;
        this.idle = idle;
    }

    /** Up to {@code count}, of all consumers, the oldest first. */
    public static PendingQuery oldest(int count) {
        return new PendingQuery("-", "+", Check.atLeast("count", 1, count), Optional.empty(), Optional.empty());
    }

    /** From the entry {@code first} to {@code last}, both included; {@code (} before an id leaves it out. */
    public PendingQuery between(String first, String last) {
        return new PendingQuery(first, last, count, consumer, idle);
    }

    /** Of this consumer alone. */
    public PendingQuery of(String consumer) {
        return new PendingQuery(first, last, count, Optional.of(consumer), idle);
    }

    /** Not delivered for at least {@code time}. */
    public PendingQuery idleFor(Duration time) {
        return new PendingQuery(first, last, count, consumer, Optional.of(time));
    }

    <K, V> Draft<K, V> addTo(Draft<K, V> draft) {
        idle.ifPresent(time -> draft.word("IDLE").number(time.toMillis()));
        draft.word(first).word(last).number(count);
        consumer.ifPresent(draft::word);
        return draft;
    }
}
