package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.subjects.MeteredSubjects;
import dev.cenote.benchmarks.subjects.Subject;
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
import org.openjdk.jmh.infra.Blackhole;

/** One acquire and release a cycle, on a pool whose figures are published or not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MeteredCycle {
    /** Set by the scenario. */
    @Param(MeteredSubjects.NONE)
    public String subject = "";

    /** Set by the scenario. */
    @Param("32")
    public int size;

    private Subject pool;

    /** Starts the pool, full. */
    @Setup
    public void open() throws Exception {
        pool = MeteredSubjects.open(subject, size);
    }

    /** Ends the pool. */
    @TearDown
    public void close() throws Exception {
        pool.close();
    }

    /** One cycle. */
    @Benchmark
    public void cycle(Blackhole blackhole) throws Exception {
        pool.cycle(blackhole);
    }
}
