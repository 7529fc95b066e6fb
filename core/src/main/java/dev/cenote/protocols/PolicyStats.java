package dev.cenote.protocols;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pool's policies have done.
 *
 * @param attempts attempts that calls of {@code execute}, {@code executeAsync} and transactions made
 * @param retries how many of them were not the first of their call
 * @param retryBudgetLeft retries that the budget would allow at this moment, if there is a budget
 * @param retriesRefused retries that the budget has refused
 * @param circuit the circuit that guards the pool, if one does
 */
public record PolicyStats(
        long attempts, long retries, OptionalInt retryBudgetLeft, long retriesRefused, Optional<CircuitStats> circuit) {
    private static final PolicyStats NONE = new PolicyStats(0, 0, OptionalInt.empty(), 0, Optional.empty());

    /** Of a pool without policies. */
    public static PolicyStats none() {
        return NONE;
    }

    /**
     * A circuit.
     *
     * @param name its name
     * @param state what it does with calls
     * @param opened how often it has opened
     * @param refused how many calls it has refused
     */
    public record CircuitStats(String name, CircuitState state, long opened, long refused) {}
}
