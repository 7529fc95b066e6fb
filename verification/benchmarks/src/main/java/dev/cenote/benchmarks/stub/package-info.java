/**
 * A database that is not there: a driver whose calls cost next to nothing, so that what is measured is the pool, and whose
 * {@link dev.cenote.benchmarks.stub.StubServer} can be slow, hang or refuse. Start reading there.
 */
@NullMarked
package dev.cenote.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
