/** A gate that refuses calls to a server that is down. Start at {@link dev.cenote.circuit.CircuitBreaker}. */
@NullMarked
package dev.cenote.circuit;

import org.jspecify.annotations.NullMarked;
