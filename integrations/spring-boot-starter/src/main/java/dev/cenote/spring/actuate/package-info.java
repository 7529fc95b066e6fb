/**
 * What operators see of the pools: the endpoint {@link dev.cenote.spring.actuate.PoolsEndpoint}, health and metrics.
 */
@NullMarked
package dev.cenote.spring.actuate;

import org.jspecify.annotations.NullMarked;
