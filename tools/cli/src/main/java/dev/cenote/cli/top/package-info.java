/**
 * {@code cenote top}: pools as they are, in a terminal. Start at {@link dev.cenote.cli.top.TopCommand}; where the figures
 * come from is a {@code Source}.
 */
@NullMarked
package dev.cenote.cli.top;

import org.jspecify.annotations.NullMarked;
