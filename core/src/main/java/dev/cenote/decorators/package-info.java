/**
 * Retry, circuit and deadline round a pool and round any call. Start at {@link dev.cenote.decorators.ResilientPool} for
 * pools and at {@link dev.cenote.decorators.Decorators} for calls of one's own.
 */
@NullMarked
package dev.cenote.decorators;

import org.jspecify.annotations.NullMarked;
