package dev.cenote.protocols;

/**
 * A logical session of a server that ties operations together, as MongoDB's causally consistent ones do. A connection
 * that can carry one gives it through {@link Connection#unwrap}; it is begun when first asked for, belongs to the lease,
 * and is ended when the lease ends.
 */
public interface Session extends AutoCloseable {
    /** Whatever identifies it on the server, for logs. */
    String id();

    /**
     * The driver's own object.
     *
     * @throws IllegalArgumentException if there is none of that type
     */
    <T> T unwrap(Class<T> type);

    /** Ends it. Harmless when repeated. */
    @Override
    void close();
}
