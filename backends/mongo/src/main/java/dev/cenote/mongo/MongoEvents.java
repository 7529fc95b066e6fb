package dev.cenote.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the driver saw to the pool's listeners. A client may be made, by a thread of the engine, before the pool is
 * there to be told of it: what happens until then is kept for it.
 */
final class MongoEvents {
    private final boolean heard;
    private List<Function<String, MongoEvent>> early = new ArrayList<>();
    private volatile @Nullable Audience audience;

    /** The pool's listeners. */
    private record Audience(String pool, Consumer<? super MongoEvent> listeners) {
        void tell(Function<String, MongoEvent> event) {
            listeners.accept(event.apply(pool));
        }
    }

    private MongoEvents(boolean heard) {
        this.heard = heard;
    }

    /** For a pool that is yet to be attached. */
    static MongoEvents ofPool() {
        return new MongoEvents(true);
    }

    /** For nobody. */
    static MongoEvents unheard() {
        return new MongoEvents(false);
    }

    /** From now on it is told to the listeners of {@code pool}, what was kept first. */
    synchronized void attach(String pool, Consumer<? super MongoEvent> listeners) {
        var found = new Audience(pool, listeners);
        early.forEach(found::tell);
        early = List.of();
        audience = found;
    }

    /** Tells what is made of the pool's name. Does not block. */
    void tell(Function<String, MongoEvent> event) {
        if (!heard) {
            return;
        }
        Audience found = audience;
        if (found == null) {
            synchronized (this) {
                found = audience;
                if (found == null) {
                    early.add(event);
                    return;
                }
            }
        }
        found.tell(event);
    }
}
