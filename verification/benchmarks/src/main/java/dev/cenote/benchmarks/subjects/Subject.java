package dev.cenote.benchmarks.subjects;

import org.openjdk.jmh.infra.Blackhole;

/** A pool under measurement. Thread-safe. */
public interface Subject extends AutoCloseable {
    /** Acquires and releases, the way a user of the pool writes it. */
    void cycle(Blackhole blackhole) throws Exception;

    /** Acquires; what it returns goes to {@link #release}. */
    Object acquire() throws Exception;

    /** Releases what {@link #acquire} returned. */
    void release(Object held) throws Exception;

    /** Ends the pool. */
    @Override
    void close() throws Exception;
}
