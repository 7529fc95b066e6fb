/** Compares Cenote with other pools. Start reading at {@link dev.cenote.benchmarks.Main}. */
@NullMarked
package dev.cenote.benchmarks;

import org.jspecify.annotations.NullMarked;
