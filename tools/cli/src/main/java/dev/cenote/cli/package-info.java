/** The command line. Start at {@link dev.cenote.cli.Main}; each subcommand has a package of its own. */
@NullMarked
package dev.cenote.cli;

import org.jspecify.annotations.NullMarked;
