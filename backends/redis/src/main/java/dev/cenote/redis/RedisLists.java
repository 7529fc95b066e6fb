package dev.cenote.redis;

import dev.cenote.redis.Reply.Decoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Operations on lists.
 *
 * <p>Those that begin with b wait on the server, and so have a connection to themselves: on a pool each takes a lease for as
 * long as it waits. The server waits as long as the caller says, but ends shortly before the deadline (a fifth of a second,
 * or half of what is left), with nothing popped. So none is lost: only where the connection breaks, or the server answers
 * later than that, is it unknown whether something was popped, and then it is not tried again.
 */
public final class RedisLists<K, V> extends TypedGroup<K, V> {
    /** The server tells 0 where there is no list, and -1 where there is no pivot. */
    private static final Decoder<Optional<Long>> LENGTH_IF_INSERTED = new Decoder<>(Optional.class, reply -> {
        long length = Reply.number(reply);
        return length > 0 ? Optional.of(length) : Optional.empty();
    });

    RedisLists(ValueCodec<K> keys, ValueCodec<V> values) {
        super(keys, values);
    }

    /** Puts values at the head, one after another; tells the length. */
    @SafeVarargs
    public final RedisOperation<Long> lpush(K key, V... values) {
        return changing("LPUSH").key(key).values("values", values).reply(Reply.NUMBER);
    }

    /** Puts values at the tail; tells the length. */
    @SafeVarargs
    public final RedisOperation<Long> rpush(K key, V... values) {
        return changing("RPUSH").key(key).values("values", values).reply(Reply.NUMBER);
    }

    /** As {@link #lpush} if there is such a list; tells the length, 0 if there is none. */
    @SafeVarargs
    public final RedisOperation<Long> lpushx(K key, V... values) {
        return changing("LPUSHX").key(key).values("values", values).reply(Reply.NUMBER);
    }

    /** As {@link #rpush} if there is such a list; tells the length, 0 if there is none. */
    @SafeVarargs
    public final RedisOperation<Long> rpushx(K key, V... values) {
        return changing("RPUSHX").key(key).values("values", values).reply(Reply.NUMBER);
    }

    /** Takes the head; empty if there is none. */
    public RedisOperation<Optional<V>> lpop(K key) {
        return changing("LPOP").key(key).reply(optionalValue());
    }

    /** Takes up to {@code count} from the head, the first first. */
    public RedisOperation<List<V>> lpop(K key, int count) {
        return changing("LPOP").key(key).number(count).reply(values());
    }

    /** Takes the tail; empty if there is none. */
    public RedisOperation<Optional<V>> rpop(K key) {
        return changing("RPOP").key(key).reply(optionalValue());
    }

    /** Takes up to {@code count} from the tail, the last first. */
    public RedisOperation<List<V>> rpop(K key, int count) {
        return changing("RPOP").key(key).number(count).reply(values());
    }

    /** Length of a list. */
    public RedisOperation<Long> llen(K key) {
        return reading("LLEN").key(key).reply(Reply.NUMBER);
    }

    /** Elements from {@code start} to {@code stop}, both included; negative ones count from the tail. */
    public RedisOperation<List<V>> lrange(K key, long start, long stop) {
        return reading("LRANGE").key(key).number(start).number(stop).reply(values());
    }

    /** The element at {@code index}; a negative one counts from the tail. Empty if there is none. */
    public RedisOperation<Optional<V>> lindex(K key, long index) {
        return reading("LINDEX").key(key).number(index).reply(optionalValue());
    }

    /** Replaces the element at {@code index}; an error if there is none. */
    public RedisOperation<Boolean> lset(K key, long index, V value) {
        return changing("LSET").key(key).number(index).value(value).reply(Reply.OK);
    }

    /** Puts {@code value} before the first {@code pivot}; tells the length, empty if there is no pivot. */
    public RedisOperation<Optional<Long>> linsertBefore(K key, V pivot, V value) {
        return changing("LINSERT")
                .key(key)
                .word("BEFORE")
                .value(pivot)
                .value(value)
                .reply(LENGTH_IF_INSERTED);
    }

    /** Puts {@code value} after the first {@code pivot}; tells the length, empty if there is no pivot. */
    public RedisOperation<Optional<Long>> linsertAfter(K key, V pivot, V value) {
        return changing("LINSERT")
                .key(key)
                .word("AFTER")
                .value(pivot)
                .value(value)
                .reply(LENGTH_IF_INSERTED);
    }

    /** Removes all elements that are {@code value}; tells how many there were. */
    public RedisOperation<Long> lrem(K key, V value) {
        return setting("LREM").key(key).number(0).value(value).reply(Reply.NUMBER);
    }

    /** Removes the first {@code count} elements that are {@code value}, of a negative count the last; tells how many. */
    public RedisOperation<Long> lrem(K key, long count, V value) {
        return settingUnless(count != 0, "LREM")
                .key(key)
                .number(count)
                .value(value)
                .reply(Reply.NUMBER);
    }

    /** Keeps the elements from {@code start} to {@code stop}, both included. */
    public RedisOperation<Boolean> ltrim(K key, long start, long stop) {
        return changing("LTRIM").key(key).number(start).number(stop).reply(Reply.OK);
    }

    /** Place of the first element that is {@code value}, from 0; empty if there is none. */
    public RedisOperation<Optional<Long>> lpos(K key, V value) {
        return reading("LPOS").key(key).value(value).reply(Reply.OPTIONAL_NUMBER);
    }

    /** Places of all elements that are {@code value}. */
    public RedisOperation<List<Long>> lposAll(K key, V value) {
        return reading("LPOS").key(key).value(value).word("COUNT").number(0).reply(Reply.list(Reply::number));
    }

    /** Takes from one end of a list and puts at one of another, or the same; empty if there was nothing. */
    public RedisOperation<Optional<V>> lmove(K source, ListEnd from, K destination, ListEnd to) {
        return changing("LMOVE")
                .key(source)
                .key(destination)
                .word(from.name())
                .word(to.name())
                .reply(optionalValue());
    }

    /** Takes up to {@code count} elements from one end of the first of {@code keys} that has any. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, List<V>>>> lmpop(ListEnd end, int count, K... keys) {
        return changing("LMPOP")
                .countedKeys(keys)
                .word(end.name())
                .word("COUNT")
                .number(count)
                .reply(poppedList());
    }

    // ---- those that wait

    /** Takes the head of the first of {@code keys} that has one, waiting for it up to {@code timeout}. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, V>>> blpop(Duration timeout, K... keys) {
        return changing("BLPOP").keys(keys).waitingSeconds(timeout).reply(popped());
    }

    /** Takes the tail of the first of {@code keys} that has one, waiting for it up to {@code timeout}. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, V>>> brpop(Duration timeout, K... keys) {
        return changing("BRPOP").keys(keys).waitingSeconds(timeout).reply(popped());
    }

    /** Takes from the head of {@code source} and puts at the tail of {@code destination}, as {@link #blmove} from left to right. */
    public RedisOperation<Optional<V>> blmove(Duration timeout, K source, K destination) {
        return blmove(timeout, new ListMove<>(source, ListEnd.LEFT, destination, ListEnd.RIGHT));
    }

    /** As {@link #lmove}, waiting up to {@code timeout} for something to take. */
    public RedisOperation<Optional<V>> blmove(Duration timeout, ListMove<K> move) {
        return changing("BLMOVE")
                .key(move.source())
                .key(move.destination())
                .word(move.from().name())
                .word(move.to().name())
                .waitingSeconds(timeout)
                .reply(optionalValue());
    }

    /** As {@link #lmpop}, waiting up to {@code timeout} for something to take. */
    @SafeVarargs
    public final RedisOperation<Optional<Popped<K, List<V>>>> blmpop(
            Duration timeout, ListEnd end, int count, K... keys) {
        return changing("BLMPOP")
                .waitingSeconds(timeout)
                .countedKeys(keys)
                .word(end.name())
                .word("COUNT")
                .number(count)
                .reply(poppedList());
    }

    private Decoder<Optional<Popped<K, V>>> popped() {
        return Reply.optional(reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new Popped<>(key(parts.get(0)), value(parts.get(1)));
        });
    }

    private Decoder<Optional<Popped<K, List<V>>>> poppedList() {
        return Reply.optional(reply -> {
            List<@Nullable Object> parts = Reply.elements(reply);
            return new Popped<>(key(parts.get(0)), Reply.each(parts.get(1), this::value));
        });
    }
}
