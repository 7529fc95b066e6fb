package dev.cenote.decorators;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.CallObserver.Observation;
import dev.cenote.protocols.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who are told of a pool's calls. What they throw is logged, and harms neither the call nor each other. */
final class Observers {
    private static final System.Logger LOG = System.getLogger("dev.cenote.decorators");

    private final PoolEngine<?> engine;
    private final CopyOnWriteArrayList<CallObserver> observers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean throwing = new AtomicBoolean();

    Observers(PoolEngine<?> engine) {
        this.engine = engine;
    }

    /** True if there is anybody. */
    boolean areThere() {
        return !observers.isEmpty();
    }

    void add(CallObserver observer) {
        observers.addIfAbsent(observer);
    }

    void remove(CallObserver observer) {
        observers.remove(observer);
    }

    /** A call begins; null if nobody wants to know of it. */
    @Nullable
    Observation begin(Operation<?, ?> operation) {
        if (observers.isEmpty()) {
            return null;
        }
        List<Observation> begun = new ArrayList<>(1);
        for (CallObserver observer : observers) {
            try {
                Observation observation = observer.begin(engine.name(), engine.database(), operation);
                if (observation != null) {
                    begun.add(observation);
                }
            } catch (Throwable broken) {
                log(broken);
            }
        }
        return begun.isEmpty() ? null : new Told(begun);
    }

    /** {@code running}, but for its caller's stages, which come after {@code end}. Cancelling it cancels {@code running}. */
    static <R> CompletableFuture<R> ended(CompletableFuture<R> running, Consumer<@Nullable Throwable> end) {
        var result = new CompletableFuture<R>();
        running.whenComplete((value, failure) -> {
            end.accept(failure);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                running.cancel(false);
            }
        });
        return result;
    }

    private void log(Throwable broken) {
        // Told once: an observer that always throws would fill the log at the rate of the calls.
        var level = throwing.getAndSet(true) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
        LOG.log(level, "an observer of pool " + engine.name() + " threw", broken);
    }

    /** One call, for all who want to know of it. */
    private final class Told implements Observation {
        private final List<Observation> all;

        Told(List<Observation> all) {
            this.all = all;
        }

        @Override
        public void leased(long connectionId, Duration waited) {
            tell(observation -> observation.leased(connectionId, waited));
        }

        @Override
        public void attemptFailed(int attempt, Throwable error) {
            tell(observation -> observation.attemptFailed(attempt, error));
        }

        @Override
        public void end(@Nullable Throwable error) {
            tell(observation -> observation.end(error));
        }

        private void tell(Consumer<Observation> what) {
            for (Observation observation : all) {
                try {
                    what.accept(observation);
                } catch (Throwable broken) {
                    log(broken);
                }
            }
        }
    }
}
