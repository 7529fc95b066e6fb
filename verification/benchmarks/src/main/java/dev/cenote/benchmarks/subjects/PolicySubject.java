package dev.cenote.benchmarks.subjects;

/** A call with policies round it. */
public interface PolicySubject extends AutoCloseable {
    /** Makes the call. */
    Object call();

    @Override
    void close();
}
