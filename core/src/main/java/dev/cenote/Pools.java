package dev.cenote;

import dev.cenote.protocols.Backend;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Opens pools by URI. The backend is found by the scheme among the backends on the class or module path.
 *
 * <pre>{@code
 * try (Pool<?> pool = Pools.open("redis://localhost:6379?pool.maxSize=10")) { ... }
 * }</pre>
 */
public final class Pools {
    private Pools() {}

    /**
     * A pool for {@code uri}. Parameters with the prefix {@code pool.} are the pool's, all others the driver's. Connects
     * to nothing yet.
     *
     * @throws ConfigurationException if no backend knows the scheme, or part of the URI is malformed or unknown
     */
    public static Pool<?> open(String uri) {
        PoolUri parsed = PoolUri.parse(uri);
        return backend(parsed.scheme()).open(parsed);
    }

    /**
     * The backend for a URI scheme.
     *
     * @throws ConfigurationException if there is none; the message lists the schemes there are
     */
    public static Backend backend(String scheme) {
        var known = new TreeSet<String>();
        for (Backend backend : ServiceLoader.load(Backend.class, Pools.class.getClassLoader())) {
            if (backend.schemes().contains(scheme)) {
                return backend;
            }
            known.addAll(backend.schemes());
        }
        throw new ConfigurationException("scheme must be one of " + known + ", was " + scheme
                + (known.isEmpty() ? "; no backend is on the class path" : ""));
    }
}
