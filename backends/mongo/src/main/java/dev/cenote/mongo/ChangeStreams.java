package dev.cenote.mongo;

import com.mongodb.client.model.changestream.ChangeStreamDocument;
import dev.cenote.decorators.ResilientPool.Parts;
import dev.cenote.mongo.ClientFactory.Ears;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.errors.PoolClosedException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The change streams of a pool. They share a client of their own, which lives as long as one of them is open: on the pool's
 * client a stream that waits for changes would keep a socket that a lease counts on.
 */
final class ChangeStreams implements ChangeReader.Surroundings {
    private final PoolEngine<MongoConnection> engine;
    private final PoolRuntime runtime;
    private final ClientFactory factory;
    private final String database;
    private final int maxOpen;
    private final Ears ears = Ears.of(MongoEvents.unheard());
    private final LongAdder resumed = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();

    // by the lock
    private final Set<ChangeReader<?>> open = new LinkedHashSet<>();
    private int opening;
    private @Nullable SharedClient client;
    private boolean closed;

    ChangeStreams(Parts<MongoConnection> parts, ClientFactory factory, String database, int maxOpen) {
        this.engine = parts.engine();
        this.runtime = parts.runtime();
        this.factory = factory;
        this.database = database;
        this.maxOpen = maxOpen;
    }

    <T> ChangeStream<T> open(Watch<T> watch) {
        var buffer = new ChangeBuffer<T>(watch.buffer(), watch.start().optionalToken());
        ChangeReader<T> reader = begin(watch, buffer);
        engine.workers().execute(reader);
        return new ChangeStream<>(watch, buffer);
    }

    <T> Flow.Publisher<ChangeStreamDocument<T>> publisher(Watch<T> watch) {
        return subscriber -> {
            var sink = new FlowChanges<T>(subscriber);
            engine.workers().execute(() -> publish(watch, sink));
        };
    }

    private <T> void publish(Watch<T> watch, FlowChanges<T> sink) {
        ChangeReader<T> reader;
        try {
            reader = begin(watch, sink);
        } catch (RuntimeException refused) {
            sink.refused(refused);
            return;
        }
        sink.opened();
        reader.run();
    }

    private <T> ChangeReader<T> begin(Watch<T> watch, ChangeSink<T> sink) {
        SharedClient shared = enter();
        var source = new ChangeSource<>(
                watch, shared.client(), database, () -> engine.timeouts().operation());
        var reader = new ChangeReader<>(source, sink, this);
        try {
            reader.open();
        } catch (Throwable failure) {
            leave(null);
            throw failure;
        }
        register(reader);
        return reader;
    }

    private SharedClient enter() {
        lock.lock();
        try {
            if (closed) {
                throw closedError();
            }
            if (open.size() + opening >= maxOpen) {
                throw new TooManyChangeStreamsException(engine.name(), maxOpen);
            }
            SharedClient shared = client;
            if (shared == null) {
                shared = new SharedClient(factory.create(0, maxOpen, ears), maxOpen, ears.sockets());
                client = shared;
            }
            opening++;
            return shared;
        } finally {
            lock.unlock();
        }
    }

    private PoolClosedException closedError() {
        return new PoolClosedException(engine.name(), "is closed, and its change streams with it");
    }

    private void register(ChangeReader<?> reader) {
        lock.lock();
        try {
            opening--;
            open.add(reader);
            if (closed) {
                reader.stop(closedError());
            }
        } finally {
            lock.unlock();
        }
    }

    /** One stream less; the last closes the client. */
    private void leave(@Nullable ChangeReader<?> reader) {
        SharedClient unused = null;
        lock.lock();
        try {
            if (reader == null) {
                opening--;
            } else {
                open.remove(reader);
            }
            if (open.isEmpty() && opening == 0) {
                unused = client;
                client = null;
            }
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            unused.retire();
        }
    }

    ChangeStreamStats stats() {
        lock.lock();
        try {
            return new ChangeStreamStats(
                    open.size(), maxOpen, resumed.sum(), ears.sockets().snapshot());
        } finally {
            lock.unlock();
        }
    }

    /** Ends all of them, and lets no further one begin. Does not wait for them. */
    void close() {
        List<ChangeReader<?>> ending;
        lock.lock();
        try {
            closed = true;
            ending = List.copyOf(open);
        } finally {
            lock.unlock();
        }
        ending.forEach(reader -> reader.stop(closedError()));
    }

    // ---- for the readers

    @Override
    public Verdict classify(Throwable failure) {
        return engine.classify(failure, Phase.EXECUTE);
    }

    @Override
    public Duration backoff(int failures) {
        PoolOptions options = engine.options();
        long base = options.connectBackoffBase().toNanos();
        long cap = options.connectBackoffCap().toNanos();
        int doublings = Math.min(failures - 1, 20);
        long most = base > cap >> doublings ? cap : base << doublings;
        return Duration.ofNanos(most / 2 + (long) (runtime.random().nextDouble() * (most / 2.0)));
    }

    @Override
    public long nanoTime() {
        return runtime.clock().nanoTime();
    }

    @Override
    public LongAdder resumed() {
        return resumed;
    }

    @Override
    public void later(Runnable blocking) {
        engine.workers().execute(blocking);
    }

    @Override
    public void left(ChangeReader<?> reader) {
        leave(reader);
    }
}
