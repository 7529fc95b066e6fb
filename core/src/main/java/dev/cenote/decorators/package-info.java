/** Retry, circuit and deadline round any call, and round a pool. Start at {@link dev.cenote.decorators.Decorators}. */
@NullMarked
package dev.cenote.decorators;

import org.jspecify.annotations.NullMarked;
