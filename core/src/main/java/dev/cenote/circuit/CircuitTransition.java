package dev.cenote.circuit;

import dev.cenote.protocols.CircuitState;
import java.time.Instant;

/**
 * A circuit went from one state to another.
 *
 * @param circuit name of the circuit
 * @param from what it was
 * @param to what it is
 * @param at when, by the circuit's clock
 * @param reason why, in words that stand alone in a log
 */
public record CircuitTransition(String circuit, CircuitState from, CircuitState to, Instant at, String reason) {}
