/**
 * What operations of all backends have in common: their general forms, and the results of those that consist of parts.
 * The operations themselves are in the backends. Start at {@link dev.cenote.protocols.Operation}.
 */
@NullMarked
package dev.cenote.protocols.operations;

import org.jspecify.annotations.NullMarked;
