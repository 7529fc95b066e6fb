package dev.cenote.redis.pubsub;

import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.redis.pubsub.PubSubSignal.Overflow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One subscription: a bounded buffer between the thread that reads from the server, which never waits, and one that calls
 * the listener. What is told of besides messages has room always.
 */
final class Subscriber<V> implements Subscription {
    /** As much as comes. */
    static final long UNBOUNDED = Long.MAX_VALUE;

    private static final System.Logger LOG = System.getLogger(RedisPubSub.class.getName());

    /** What waits: a message, which is read on the thread that delivers it, or something else to be told. */
    private record Entry<V>(boolean isMessage, Supplier<PubSubSignal<V>> signal) {
        static <V> Entry<V> told(PubSubSignal<V> signal) {
            return new Entry<>(false, () -> signal);
        }
    }

    private final Set<Topic> topics;
    private final SubscriptionOptions<V> options;
    private final Sink<V> sink;
    private final Executor executor;
    private final Consumer<Subscriber<V>> onClose;

    // all by the lock on this
    private final ArrayDeque<Entry<V>> queue = new ArrayDeque<>();
    private int messages;
    /** Dropped in front of the queue, and behind it. */
    private long droppedBefore;

    private long droppedAfter;
    private long dropped;
    private long demand;
    /** Also until it is released. */
    private boolean delivering = true;

    private boolean closed;
    private boolean ended;
    private Optional<Throwable> failure = Optional.empty();

    Subscriber(
            Set<Topic> topics,
            SubscriptionOptions<V> options,
            Sink<V> sink,
            long demand,
            Executor executor,
            Consumer<Subscriber<V>> onClose) {
        this.topics = topics;
        this.options = options;
        this.sink = sink;
        this.demand = demand;
        this.executor = executor;
        this.onClose = onClose;
    }

    @Override
    public Set<Topic> topics() {
        return topics;
    }

    @Override
    public synchronized boolean isActive() {
        return !closed && !ended;
    }

    @Override
    public synchronized int buffered() {
        return messages;
    }

    synchronized long dropped() {
        return dropped;
    }

    /** Lets delivery begin. */
    synchronized void release() {
        delivering = false;
        deliver();
    }

    // ---- what comes in; never blocks

    /** Takes a message; false if the buffer is full and the subscription must end for it. */
    synchronized boolean offer(Topic topic, String channel, byte[] payload) {
        if (closed || ended) {
            return true;
        }
        if (messages >= options.buffer()) {
            switch (options.overflow()) {
                case FAIL -> {
                    end(Optional.of(new OverflowException(options.buffer())));
                    return false;
                }
                case DROP_NEWEST -> {
                    dropped++;
                    droppedAfter++;
                    return true;
                }
                case DROP_OLDEST -> dropOldest();
            }
        }
        tellDroppedAfter();
        messages++;
        queue.add(new Entry<>(
                true, () -> new Message<>(topic, channel, options.codec().decodeValue(ByteBuffer.wrap(payload)))));
        deliver();
        return true;
    }

    private void dropOldest() {
        var oldest = queue.iterator();
        while (oldest.hasNext()) {
            if (oldest.next().isMessage()) {
                oldest.remove();
                messages--;
                dropped++;
                droppedBefore++;
                return;
            }
        }
    }

    private void tellDroppedAfter() {
        if (droppedAfter > 0) {
            queue.add(Entry.told(new Overflow<>(droppedAfter)));
            droppedAfter = 0;
        }
    }

    synchronized void tell(Gap<V> gap) {
        if (!closed && !ended) {
            tellDroppedAfter();
            queue.add(Entry.told(gap));
            deliver();
        }
    }

    /** Nothing more comes. What waits is delivered before the sink is told. */
    synchronized void end(Optional<Throwable> why) {
        if (!closed && !ended) {
            tellDroppedAfter();
            ended = true;
            failure = why;
            deliver();
        }
    }

    /** Ends it and leaves, after what waits has been delivered. */
    void fail(Throwable why) {
        end(Optional.of(why));
        onClose.accept(this);
    }

    /** Asks for so many signals more. */
    synchronized void request(long more) {
        demand = demand + more < 0 ? UNBOUNDED : demand + more;
        deliver();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            messages = 0;
        }
        onClose.accept(this);
    }

    // ---- what goes out

    private void deliver() {
        if (!delivering && isAnythingDue()) {
            delivering = true;
            executor.execute(this::run);
        }
    }

    private boolean isAnythingDue() {
        if (closed) {
            return false;
        }
        return isDrained() ? ended : demand > 0;
    }

    private boolean isDrained() {
        return queue.isEmpty() && droppedBefore == 0;
    }

    private void run() {
        while (true) {
            Entry<V> next;
            synchronized (this) {
                if (!isAnythingDue()) {
                    delivering = false;
                    return;
                }
                if (isDrained()) {
                    closed = true;
                    delivering = false;
                    break;
                }
                next = next();
            }
            guarded(() -> sink.signal(next.signal().get()));
        }
        guarded(() -> sink.end(failure));
    }

    private Entry<V> next() {
        if (demand != UNBOUNDED) {
            demand--;
        }
        if (droppedBefore > 0) {
            var overflow = new Overflow<V>(droppedBefore);
            droppedBefore = 0;
            return Entry.told(overflow);
        }
        Entry<V> next = queue.remove();
        if (next.isMessage()) {
            messages--;
        }
        return next;
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) { // a user's: the messages after this one must come all the same
            LOG.log(System.Logger.Level.WARNING, "a subscriber to " + topics + " threw", thrown);
        }
    }
}
