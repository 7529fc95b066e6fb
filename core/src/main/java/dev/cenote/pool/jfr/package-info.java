/**
 * The pool's events for Java Flight Recorder; {@link dev.cenote.pool.jfr.FlightEvents} emits most of them. Not exported: their
 * names and fields are what is public, in docs/metrics.md.
 */
@NullMarked
package dev.cenote.pool.jfr;

import org.jspecify.annotations.NullMarked;
