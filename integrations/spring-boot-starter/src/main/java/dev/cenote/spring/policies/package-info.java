/**
 * Retry, circuit breakers, bulkheads and deadlines on the methods of beans, by Cenote's annotations: start reading at {@link
 * dev.cenote.spring.policies.PolicyRegistry}.
 */
@NullMarked
package dev.cenote.spring.policies;

import org.jspecify.annotations.NullMarked;
