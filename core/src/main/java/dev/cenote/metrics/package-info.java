/**
 * What a pool shows to the JVM's own tools: {@link dev.cenote.metrics.PoolBeans} registers pools with JMX. Figures for other
 * systems are {@link dev.cenote.protocols.Pool#stats}, carried there by the integrations.
 */
@NullMarked
package dev.cenote.metrics;

import org.jspecify.annotations.NullMarked;
