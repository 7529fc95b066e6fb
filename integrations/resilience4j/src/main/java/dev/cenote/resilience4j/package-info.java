/**
 * Circuit breakers, retries and bulkheads of resilience4j in the place of Cenote's own: start at {@link
 * dev.cenote.resilience4j.Resilience4j}.
 */
@NullMarked
package dev.cenote.resilience4j;

import org.jspecify.annotations.NullMarked;
