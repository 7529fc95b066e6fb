package dev.cenote.protocols.events;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Verdict;
import java.time.Duration;

/** Something that happened in a pool. Immutable. */
public sealed interface PoolEvent {
    /** Name of the pool. */
    String pool();

    /** The pool was made. */
    record PoolCreated(String pool, int minSize, int maxSize) implements PoolEvent {}

    /** The pool serves acquires (again). */
    record PoolReady(String pool) implements PoolEvent {}

    /**
     * The generation was raised to {@code generation}; {@code paused} if acquires are refused from now on; {@code inUse}
     * says what becomes of older connections that are held.
     */
    record PoolCleared(String pool, long generation, boolean paused, InUse inUse) implements PoolEvent {}

    /** The pool was closed. */
    record PoolClosed(String pool) implements PoolEvent {}

    /** A slot was taken for a connection, and opening it begins. */
    record ConnectionCreated(String pool, long connectionId, long generation) implements PoolEvent {}

    /** The connection is open, {@code took} after it was begun. */
    record ConnectionReady(String pool, long connectionId, long generation, Duration took) implements PoolEvent {}

    /** Opening the connection failed; {@link ConnectionClosed} follows. */
    record ConnectionFailed(String pool, long connectionId, long generation, Duration took, Throwable error)
            implements PoolEvent {}

    /**
     * The connection was taken out of the pool, {@code age} after it was opened, and is being closed. Also told of one that
     * never opened, with the age of the attempt.
     */
    record ConnectionClosed(String pool, long connectionId, long generation, CloseReason reason, Duration age)
            implements PoolEvent {}

    /** Somebody asks for a connection. */
    record AcquireStarted(String pool) implements PoolEvent {}

    /** Somebody got a connection after {@code waited}. */
    record AcquireSucceeded(String pool, long connectionId, long generation, Duration waited) implements PoolEvent {}

    /** Somebody got no connection, after {@code waited}. */
    record AcquireFailed(String pool, AcquireFailure reason, Duration waited) implements PoolEvent {}

    /** A lease ended after {@code held}, and its connection came back (to be kept or closed). */
    record Released(String pool, long connectionId, long generation, Duration held) implements PoolEvent {}

    /** A lease has been held past the leak threshold without using its connection. Told once for each lease. */
    record LeakDetected(String pool, Holder holder) implements PoolEvent {}

    /** A lease has been held past the leak threshold, and uses its connection. Told once for each lease. */
    record SlowUseDetected(String pool, Holder holder) implements PoolEvent {}

    /** An operation failed, with that verdict; {@code error} is what its caller gets. */
    record OperationFailed(String pool, long connectionId, String operation, Verdict verdict, Throwable error)
            implements PoolEvent {}

    /** The circuit that guards the pool went from one state to another, for a reason in words. */
    record CircuitChanged(String pool, String circuit, CircuitState from, CircuitState to, String reason)
            implements PoolEvent {}

    /**
     * Something that a backend saw below its pool: a server, a driver's socket, a change of roles. Each backend names its
     * own; they come to the same listeners, in the order in which the backend saw them.
     */
    non-sealed interface BackendEvent extends PoolEvent {}
}
