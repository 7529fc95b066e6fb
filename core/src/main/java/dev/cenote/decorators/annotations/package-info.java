/**
 * Policies for the methods of an interface, by annotation: start at {@link
 * dev.cenote.decorators.annotations.DecoratedProxy}. The annotations bear the names that users of resilience4j know.
 */
@NullMarked
package dev.cenote.decorators.annotations;

import org.jspecify.annotations.NullMarked;
