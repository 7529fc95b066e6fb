/**
 * When and how a failed call is tried again. {@link dev.cenote.retry.RetryPolicy} says so, {@link dev.cenote.retry.Retry}
 * does it, for calls that block and for futures.
 */
@NullMarked
package dev.cenote.retry;

import org.jspecify.annotations.NullMarked;
