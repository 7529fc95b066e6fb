/**
 * Retry, circuit and deadline together: round any call ({@link dev.cenote.decorators.Decorators}), and round a pool
 * ({@link dev.cenote.decorators.ResilientPool}). Start reading at either; {@code Guard} settles the permits.
 */
@NullMarked
package dev.cenote.decorators;

import org.jspecify.annotations.NullMarked;
