/**
 * jcstress tests of the engine's atomic protocols, in its package to reach them. Each says which outcomes are forbidden.
 * Start at {@link dev.cenote.pool.HandOffAgainstCancel}.
 */
@NullMarked
package dev.cenote.pool;

import org.jspecify.annotations.NullMarked;
