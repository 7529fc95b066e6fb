/**
 * {@code cenote bench}: runs a load at several pool sizes and says which one it needs. Start at {@link
 * dev.cenote.cli.bench.BenchCommand}; the rule is {@link dev.cenote.cli.bench.KneeRule}'s.
 */
@NullMarked
package dev.cenote.cli.bench;

import org.jspecify.annotations.NullMarked;
