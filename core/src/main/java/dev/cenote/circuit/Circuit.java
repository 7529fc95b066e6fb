package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.CircuitOpenException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A gate that refuses calls to a server that is down. {@link CircuitBreaker} is Cenote's own; pools and decorators take
 * any, such as an adapter of another library's.
 *
 * <p>Thread-safe; nothing here blocks.
 */
public interface Circuit {
    /** Name of the circuit, as it stands in errors and transitions. */
    String name();

    /** The state of this moment. */
    CircuitState state();

    /** How often it has opened since it was made; 0 where that is not counted. */
    default long opened() {
        return 0;
    }

    /** How many calls it has refused since it was made; 0 where that is not counted. */
    default long refused() {
        return 0;
    }

    /**
     * Leave to make one call, which the caller settles on every path.
     *
     * @throws CircuitOpenException if it is refused; nothing was executed
     */
    Permit acquire();

    /**
     * A permit for a call that is under way already, as on a connection acquired earlier. Never refused; counts only if
     * the circuit is closed now and still when it is settled.
     */
    Permit observe();

    /** Notes an answer of the server that is bound to no permit: ends a row of failures. Counts while closed only. */
    void recordSuccess();

    /**
     * Notes a failure that is bound to no permit, such as a connect that a pool tried on its own account. Counts while
     * closed; while half-open it opens the circuit, since what a probe waits for has just failed.
     */
    void recordFailure(Throwable error);

    /**
     * A pool that the circuit guards makes itself known. {@code listener} is told of transitions, on the thread that caused
     * them.
     *
     * @return true if the pool is to probe, by {@link #acquireProbe}, once the circuit has opened: callers are then refused
     *     until a probe has succeeded. False if the circuit makes its callers probe.
     */
    boolean attach(Consumer<CircuitTransition> listener);

    /** The pool is closed: it no longer hears of the circuit, nor probes. Does nothing if it was not attached. */
    void detach(Consumer<CircuitTransition> listener);

    /**
     * Leave to probe, for a pool that is attached.
     *
     * @throws CircuitOpenException if it is too early, a probe is on its way, or there is nothing to probe for
     */
    Permit acquireProbe();

    /**
     * Makes a call, if the circuit lets it. How it ended is read as {@link Permit#settle} says.
     *
     * @throws CircuitOpenException if refused; nothing was executed
     * @throws Exception what {@code call} throws, unchanged
     */
    default <T> T call(Callable<T> call) throws Exception {
        Permit permit = acquire();
        T result;
        try {
            result = call.call();
        } catch (Throwable failure) {
            permit.settle(failure);
            throw failure;
        }
        permit.success();
        return result;
    }
}
