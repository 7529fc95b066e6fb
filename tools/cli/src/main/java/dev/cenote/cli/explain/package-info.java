/**
 * {@code cenote explain}: what Cenote does about an error. Start at {@link dev.cenote.cli.explain.ExplainCommand}; what it
 * says is asked of the backends' classifiers.
 */
@NullMarked
package dev.cenote.cli.explain;

import org.jspecify.annotations.NullMarked;
