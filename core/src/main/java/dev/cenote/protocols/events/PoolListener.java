package dev.cenote.protocols.events;

/**
 * Is told what happens in a pool: one event after another, in the order in which they happened, on a thread of the pool's.
 * What it throws is logged and harms nobody. While it blocks, events wait for it; past 65,536 it misses some, which is logged.
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

    /**
     * True to have the pool measure how long leases are held, for {@link dev.cenote.protocols.PoolStats#uses}: of one of 32
     * acquires that need not wait, which then read the clock. Asked once, when the listener is added.
     */
    default boolean wantsUseTimes() {
        return false;
    }

    /**
     * True to be called on the thread on which the event happens, by several at the same time. Then it must return at once:
     * it holds up whoever acquires, releases or connects. Asked once, when the listener is added.
     */
    default boolean isDirect() {
        return false;
    }
}
