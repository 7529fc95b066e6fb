/**
 * {@code cenote completion}: prints a script for the shell. Start at {@link dev.cenote.cli.completion.CompletionCommand}.
 */
@NullMarked
package dev.cenote.cli.completion;

import org.jspecify.annotations.NullMarked;
