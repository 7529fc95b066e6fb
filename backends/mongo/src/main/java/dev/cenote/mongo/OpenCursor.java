package dev.cenote.mongo;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoIterable;
import com.mongodb.client.cursor.TimeoutMode;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cursor of the driver, read in batches. What asks the server is an operation on the lease that opened it, so that
 * deadlines, verdicts and the end of the lease hold for it as for all else.
 */
final class OpenCursor<T> {
    private final MongoConnection connection;
    private final String collection;
    private final MongoCursor<T> driver;
    private volatile boolean closed;
    private List<T> first = List.of();

    private OpenCursor(MongoConnection connection, String collection, MongoCursor<T> driver) {
        this.connection = connection;
        this.collection = collection;
        this.driver = driver;
    }

    // ---- opening

    /** Opens it and reads its first batch. */
    static <T> Operation<MongoConnection, OpenCursor<T>> opening(Streamable<T> source) {
        return source instanceof Find<T> find ? new Opening<>(find) : new Opening<>((Aggregate<T>) source);
    }

    private static final class Opening<T> extends MongoOperation<OpenCursor<T>> {
        private final String collection;
        private final IterableOf<T> iterable;

        /** As it is to be read. */
        private interface IterableOf<T> {
            MongoIterable<T> on(MongoConnection connection, Deadline deadline);
        }

        Opening(Find<T> find) {
            super(find.name(), find.target(), Effect.READ_ONLY, OpenCursor.class);
            this.collection = find.collection;
            this.iterable = (connection, deadline) ->
                    find.iterable(connection, deadline).timeoutMode(TimeoutMode.ITERATION);
        }

        Opening(Aggregate<T> aggregate) {
            super(aggregate.name(), aggregate.target(), Effect.READ_ONLY, OpenCursor.class);
            if (aggregate.effect() != Effect.READ_ONLY) {
                throw new ConfigurationException("pipeline must not end in $out or $merge to be streamed, does");
            }
            this.collection = aggregate.collection;
            this.iterable = (connection, deadline) ->
                    aggregate.iterable(connection, deadline).timeoutMode(TimeoutMode.ITERATION);
        }

        @Override
        OpenCursor<T> run(MongoConnection connection, Deadline deadline) {
            MongoCursor<T> driver = iterable.on(connection, deadline).cursor();
            var cursor = new OpenCursor<>(connection, collection, driver);
            connection.opened(cursor);
            try {
                cursor.first = cursor.next();
            } catch (Throwable failure) {
                cursor.close();
                throw failure;
            }
            return cursor;
        }
    }

    // ---- reading

    List<T> first() {
        return first;
    }

    /** True once it has nothing further to read, or was closed. */
    boolean isClosed() {
        return closed;
    }

    /** The next batch; empty if there is none. */
    Operation<MongoConnection, List<T>> more() {
        return new Step<>("getMore", collection, List.class, this::next);
    }

    /** Closes it. Gives true. */
    Operation<MongoConnection, Boolean> ending() {
        return new Step<>("killCursors", collection, Boolean.class, () -> {
            close();
            return true;
        });
    }

    private static final class Step<R> extends MongoOperation<R> {
        private final Supplier<R> step;

        Step(String name, String collection, Class<? super R> type, Supplier<R> step) {
            super(name, Optional.of(collection), Effect.READ_ONLY, type);
            this.step = step;
        }

        @Override
        R run(MongoConnection connection, Deadline deadline) {
            return step.get();
        }
    }

    private List<T> next() {
        var batch = new ArrayList<T>();
        if (driver.hasNext()) {
            do {
                batch.add(driver.next());
            } while (driver.available() > 0);
        }
        if (driver.getServerCursor() == null) {
            close();
        }
        return batch;
    }

    /** Lets the server forget it, if it has not. Harmless when repeated. */
    void close() {
        if (!closed) {
            closed = true;
            connection.forget(this);
            driver.close();
        }
    }
}
