package dev.cenote.spring.actuate;

/** What an operator can do with a pool through the endpoint. */
public enum PoolAction {
    /** Replaces all connections: see {@link dev.cenote.protocols.Pool#clear()}. */
    CLEAR,
    /** Has it refuse acquires: see {@link dev.cenote.protocols.Pool#pause()}. */
    PAUSE,
    /** Has it serve again: see {@link dev.cenote.protocols.Pool#ready()}. */
    READY,
    /** Changes its bounds: see {@link dev.cenote.protocols.Pool#resize}. */
    RESIZE
}
