package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.stub.StubServer;
import dev.cenote.benchmarks.subjects.PoolSpec;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.benchmarks.subjects.Subjects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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

/** A statement prepared, executed and closed, on a connection that the thread holds throughout. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StatementCycle {
    /** The pool of all threads. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Set by the scenario. */
        @Param(Subjects.REFERENCE)
        public String subject = "";

        /** Set by the scenario. */
        @Param("8")
        public int size;

        private Subject pool;

        /** Starts the pool, full. */
        @Setup
        public void open() throws Exception {
            if (!subject.equals(Statements.NO_POOL)) {
                pool = Subjects.openFull(subject, PoolSpec.fixed(size));
            }
        }

        /** Ends the pool. */
        @TearDown
        public void close() throws Exception {
            if (pool != null) {
                pool.close();
            }
        }
    }

    /** The connection of each thread. */
    @State(Scope.Thread)
    public static class Own {
        private Connection connection;

        /** Acquires it. */
        @Setup
        public void acquire(Shared shared) throws Exception {
            connection = shared.pool == null ? new StubServer().connect() : (Connection) shared.pool.acquire();
        }

        /** Releases it. */
        @TearDown
        public void release() throws SQLException {
            connection.close();
        }
    }

    /** One cycle. */
    @Benchmark
    public boolean cycle(Own own) throws SQLException {
        try (PreparedStatement statement = own.connection.prepareStatement("select 1")) {
            return statement.execute();
        }
    }
}
