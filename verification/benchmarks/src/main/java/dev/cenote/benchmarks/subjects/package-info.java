/**
 * What is measured: one small class for each pool and each baseline, all behind {@link
 * dev.cenote.benchmarks.subjects.Subject} and found by name in {@link dev.cenote.benchmarks.subjects.Subjects}. How a peer
 * is configured, and why, stands in its class: a fixed size, no validation of a connection that was just in use, 30 s to
 * wait unless the scenario says otherwise, no leak detection, no JMX; everything else as the project delivers it.
 */
@NullMarked
package dev.cenote.benchmarks.subjects;

import org.jspecify.annotations.NullMarked;
