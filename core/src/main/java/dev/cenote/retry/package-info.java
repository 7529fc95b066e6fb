/** When and how a failed call is tried again. Start at {@link dev.cenote.retry.RetryPolicy}. */
@NullMarked
package dev.cenote.retry;

import org.jspecify.annotations.NullMarked;
