package dev.cenote.protocols;

import java.util.Set;

/**
 * One database product, found by {@link java.util.ServiceLoader} for {@code Pools.open(uri)}.
 *
 * <p>Implementations are stateless, have a public constructor without parameters, and are named in {@code provides} of
 * their module and in {@code META-INF/services}.
 */
public interface Backend {
    /** Name of the product in lower case, such as {@code postgres}. */
    String name();

    /** URI schemes it serves, in lower case. */
    Set<String> schemes();

    /**
     * A pool for {@code uri}, with all its parameters understood. Connects to nothing yet.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if part of the URI is malformed or unknown, by its name
     */
    Pool<?> open(PoolUri uri);
}
