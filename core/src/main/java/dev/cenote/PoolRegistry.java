package dev.cenote;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Keeps pools by name. Thread-safe. Owns what is registered: {@link #close()} closes all.
 */
public final class PoolRegistry implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.cenote");

    private final ConcurrentMap<String, Pool<?>> pools = new ConcurrentHashMap<>();
    private final List<Consumer<? super Pool<?>>> listeners = new ArrayList<>();

    /**
     * Keeps {@code pool} under its own name.
     *
     * @throws ConfigurationException if that name is taken
     */
    public <P extends Pool<?>> P register(P pool) {
        return register(pool.name(), pool);
    }

    /**
     * Keeps {@code pool} under {@code name}.
     *
     * @throws ConfigurationException if that name is taken
     */
    public <P extends Pool<?>> P register(String name, P pool) {
        List<Consumer<? super Pool<?>>> told;
        synchronized (listeners) { // so that a listener that comes meanwhile is told once
            if (pools.putIfAbsent(name, pool) != null) {
                throw new ConfigurationException("pool name must be unique, " + name + " is registered already");
            }
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> tell(listener, pool));
        return pool;
    }

    private static void tell(Consumer<? super Pool<?>> listener, Pool<?> pool) {
        try {
            listener.accept(pool);
        } catch (RuntimeException | LinkageError thrown) {
            LOG.log(System.Logger.Level.WARNING, "a listener of the registry threw at pool " + pool.name(), thrown);
        }
    }

    /**
     * Has {@code listener} told of each pool that is kept: of those of now before this returns, of each further one on the
     * thread that registers it, before that returns. It should return at once. What it throws at a pool of now flows out,
     * and later ones are told of all the same; what it throws at one of those is logged.
     */
    public void onRegister(Consumer<? super Pool<?>> listener) {
        Map<String, Pool<?>> known;
        synchronized (listeners) {
            listeners.add(listener);
            known = all();
        }
        known.values().forEach(listener);
    }

    /**
     * The pool with that name.
     *
     * @throws ConfigurationException if there is none; the message lists the names there are
     */
    public Pool<?> get(String name) {
        Pool<?> pool = pools.get(name);
        if (pool == null) {
            throw new ConfigurationException("pool name must be one of " + all().keySet() + ", was " + name);
        }
        return pool;
    }

    /**
     * The pool with that name and type.
     *
     * @throws ConfigurationException if there is none, or it is of another type
     */
    public <P extends Pool<?>> P get(String name, Class<P> type) {
        Pool<?> pool = get(name);
        if (!type.isInstance(pool)) {
            throw new ConfigurationException("pool " + name + " must be a " + type.getSimpleName() + ", was a "
                    + pool.getClass().getSimpleName());
        }
        return type.cast(pool);
    }

    /** All pools by name, as they are now. */
    public Map<String, Pool<?>> all() {
        return new TreeMap<>(pools);
    }

    /** No longer keeps the pool with that name, and leaves it open; it is the caller's again. */
    public Pool<?> unregister(String name) {
        Pool<?> pool = get(name);
        pools.remove(name, pool);
        return pool;
    }

    /** As {@link #unregister(String)}, under whatever names it is kept; does nothing if it is not. */
    public void unregister(Pool<?> pool) {
        pools.values().removeIf(kept -> kept == pool);
    }

    /** Closes all pools, the rest also when one throws. Afterwards the registry is empty. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (Map.Entry<String, Pool<?>> entry : all().entrySet()) {
            if (!pools.remove(entry.getKey(), entry.getValue())) {
                continue;
            }
            try {
                entry.getValue().close();
            } catch (RuntimeException thrown) {
                if (failure == null) {
                    failure = thrown;
                } else {
                    failure.addSuppressed(thrown);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
