/**
 * What is done to the subjects. {@link dev.cenote.benchmarks.scenarios.Scenarios} lists them; those of throughput run under
 * JMH, all others in a JVM of their own for each subject.
 */
@NullMarked
package dev.cenote.benchmarks.scenarios;

import org.jspecify.annotations.NullMarked;
