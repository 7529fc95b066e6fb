/**
 * A gate that refuses calls to a server that is down; usable alone. Start reading at {@link
 * dev.cenote.circuit.CircuitBreaker}; what an error says of the server stands at {@link
 * dev.cenote.circuit.Permit#settle}. Each state is a class of its own.
 */
@NullMarked
package dev.cenote.circuit;

import org.jspecify.annotations.NullMarked;
