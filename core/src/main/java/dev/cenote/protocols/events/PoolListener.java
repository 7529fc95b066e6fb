package dev.cenote.protocols.events;

/**
 * Is told what happens in a pool, on the thread on which it happens. It should return at once; what it throws is logged
 * and harms nobody. Called by several threads at the same time.
 */
@FunctionalInterface
public interface PoolListener {
    /** Called for each event. Switch over the type of {@code event}. */
    void onEvent(PoolEvent event);
}
