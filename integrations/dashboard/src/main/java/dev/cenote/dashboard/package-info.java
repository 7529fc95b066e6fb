/**
 * A page on which pools are seen and controlled. {@link dev.cenote.dashboard.Dashboard} is where a user starts; {@code
 * Requests} is where to start reading, {@code Access} says who may do what, and {@code Watch} looks at one pool. The page
 * itself is in the resources beside these classes.
 */
@NullMarked
package dev.cenote.dashboard;

import org.jspecify.annotations.NullMarked;
