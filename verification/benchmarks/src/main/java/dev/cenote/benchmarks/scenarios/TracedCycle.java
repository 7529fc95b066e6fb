package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.PolicySubject;
import dev.cenote.benchmarks.subjects.TracedSubjects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One acquire and release, or one call that succeeds at once, told of to OpenTelemetry or not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TracedCycle {
    /** Set by the scenario. */
    @Param(TracedSubjects.ACQUIRE)
    public String subject = "";

    /** Set by the scenario. */
    @Param("32")
    public int size;

    private PolicySubject call;

    /** Starts the pool, full. */
    @Setup
    public void open() throws Exception {
        call = TracedSubjects.open(subject, size);
    }

    /** Ends the pool. */
    @TearDown
    public void close() {
        call.close();
    }

    /** One call. */
    @Benchmark
    public Object call() {
        return call.call();
    }
}
