package dev.cenote.redis;

import dev.cenote.protocols.Pool;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whole scans, made of steps of which each is a short operation of its own: on the shared lane, with the pool's retries and
 * deadlines, and only when the reader has read what the step before has found. No connection is held in between.
 *
 * <pre>{@code
 * try (Stream<String> sessions = RedisScan.stream(pool, at -> keys().scan(at, matching("session:*").count(500)))) {
 *     sessions.forEach(...);
 * }
 * }</pre>
 *
 * <p>Redis finds all that is there from beginning to end at least once, and may find one twice.
 */
public final class RedisScan {
    private RedisScan() {}

    /**
     * What a scan finds, as it is read. Reading blocks where the next step is needed, and throws what {@code pool.execute}
     * throws. Closing it, which costs nothing, lets it find nothing more.
     *
     * @param step makes the step from a cursor on
     */
    public static <T> Stream<T> stream(
            Pool<RedisConnection> pool, Function<ScanCursor, RedisOperation<ScanPage<T>>> step) {
        var found = new Steps<>(pool, step);
        return StreamSupport.stream(found, false).onClose(found::close);
    }

    /**
     * What a scan finds, for as many elements as are asked for. Each subscriber has a scan of its own, and is called on the
     * pool's I/O threads, where it must not block. A step that fails ends it with what {@code pool.executeAsync} fails with.
     *
     * @param step makes the step from a cursor on
     */
    public static <T> Flow.Publisher<T> publisher(
            Pool<RedisConnection> pool, Function<ScanCursor, RedisOperation<ScanPage<T>>> step) {
        return subscriber -> new ScanSubscription<>(pool, step, subscriber).begin();
    }

    private static final class Steps<T> extends Spliterators.AbstractSpliterator<T> {
        private final Pool<RedisConnection> pool;
        private final Function<ScanCursor, RedisOperation<ScanPage<T>>> step;
        private Iterator<T> page = List.<T>of().iterator();
        private ScanCursor next = ScanCursor.start();
        private boolean last;
        private volatile boolean closed;

        Steps(Pool<RedisConnection> pool, Function<ScanCursor, RedisOperation<ScanPage<T>>> step) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.pool = pool;
            this.step = step;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            while (!closed && !page.hasNext() && !last) {
                ScanPage<T> found = pool.execute(step.apply(next));
                page = found.items().iterator();
                next = found.next();
                last = found.isLast();
            }
            if (closed || !page.hasNext()) {
                return false;
            }
            action.accept(page.next());
            return true;
        }

        void close() {
            closed = true;
        }
    }
}
