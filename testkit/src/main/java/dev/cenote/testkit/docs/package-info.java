/**
 * Documentation that is made from the code, and tests that hold it true: start at {@link
 * dev.cenote.testkit.docs.ErrorTable}.
 */
@NullMarked
package dev.cenote.testkit.docs;

import org.jspecify.annotations.NullMarked;
