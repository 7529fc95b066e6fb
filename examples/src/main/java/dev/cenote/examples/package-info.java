/**
 * Small programs that show how Cenote is used; the tests run each against a server. Start reading at {@link
 * dev.cenote.examples.QuickStart}, which is the example of the README.
 */
@NullMarked
package dev.cenote.examples;

import org.jspecify.annotations.NullMarked;
