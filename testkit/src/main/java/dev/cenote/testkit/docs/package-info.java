/**
 * Pages of the documentation that say what the code does, generated from it. Start at {@link
 * dev.cenote.testkit.docs.ErrorTableContract}.
 */
@NullMarked
package dev.cenote.testkit.docs;

import org.jspecify.annotations.NullMarked;
