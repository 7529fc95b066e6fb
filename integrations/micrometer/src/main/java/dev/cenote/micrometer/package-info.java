/**
 * The figures of pools as meters of Micrometer: start at {@link dev.cenote.micrometer.PoolMetrics}. {@code BoundPool} has
 * the snapshot that the meters read, {@code Transfer} carries distributions into timers, and the classes named {@code
 * ...Meters} know the names.
 */
@NullMarked
package dev.cenote.micrometer;

import org.jspecify.annotations.NullMarked;
