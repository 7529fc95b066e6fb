/**
 * {@code cenote probe}: connects once and tells what is there. Start at {@link dev.cenote.cli.probe.ProbeCommand}.
 */
@NullMarked
package dev.cenote.cli.probe;

import org.jspecify.annotations.NullMarked;
