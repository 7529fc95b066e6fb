/**
 * A clock, a scheduler, and a database that do what a test says, for unit tests of the engine and of policies. Start at
 * {@link dev.cenote.testkit.fakes.FakeDatabase}.
 */
@NullMarked
package dev.cenote.testkit.fakes;

import org.jspecify.annotations.NullMarked;
