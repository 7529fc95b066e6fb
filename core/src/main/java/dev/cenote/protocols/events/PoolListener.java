package dev.cenote.protocols.events;

/**
 * Is told what happens in a pool, on the thread on which it happens. It should return at once; what it throws is logged
 * and harms nobody. Called by several threads at the same time.
 */
@FunctionalInterface
public interface PoolListener {
    /** Called for each event. Switch over the type of {@code event}. */
    void onEvent(PoolEvent event);

    /**
     * False if it does not want to be told of acquires and releases. As long as nobody wants that, an acquire reads no
     * clock. Asked once, when the listener is added.
     */
    default boolean wantsAcquires() {
        return true;
    }
}
