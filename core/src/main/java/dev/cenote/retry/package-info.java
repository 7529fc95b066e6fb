/**
 * When and how a failed call is tried again; usable alone. Start reading at {@link dev.cenote.retry.RetryPolicy}; what may
 * be tried again stands in {@code Safety}.
 */
@NullMarked
package dev.cenote.retry;

import org.jspecify.annotations.NullMarked;
