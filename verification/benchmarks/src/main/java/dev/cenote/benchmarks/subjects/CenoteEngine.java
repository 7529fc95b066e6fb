package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubConnection;
import dev.cenote.benchmarks.stub.StubServer;
import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.Verdict;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** Cenote's engine alone, with all defaults but size and time-out. */
final class CenoteEngine implements Subject {
    private final PoolEngine<StubUnit> pool;

    CenoteEngine(PoolSpec spec) {
        var options = PoolOptions.builder()
                .minSize(spec.minSize())
                .maxSize(spec.maxSize())
                .acquireTimeout(spec.acquireTimeout())
                .build();
        Classifier evictAndTryAgain =
                (error, phase) -> new Verdict(Verdict.ConnectionFate.EVICT, Verdict.CallFate.NOT_EXECUTED);
        pool = new PoolEngine<>(
                options, new StubConnector(spec.server()), evictAndTryAgain, PoolRuntime.system(), List.of());
    }

    @Override
    public void cycle(Blackhole blackhole) {
        try (Lease<StubUnit> lease = pool.acquire()) {
            blackhole.consume(lease);
        }
    }

    @Override
    public Object acquire() {
        return pool.acquire();
    }

    @Override
    public void release(Object held) {
        ((Lease<?>) held).close();
    }

    @Override
    public void close() {
        pool.close();
    }

    private record StubUnit(StubConnection physical) implements Connection {
        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(physical);
        }
    }

    private record StubConnector(StubServer server) implements Connector<StubUnit> {
        @Override
        public StubUnit open(Deadline deadline) throws Exception {
            return new StubUnit(server.connect());
        }

        @Override
        public void validate(StubUnit connection, Deadline deadline) {}

        @Override
        public boolean needsReset(StubUnit connection) {
            return false;
        }

        @Override
        public void reset(StubUnit connection, Deadline deadline) {}

        @Override
        public void close(StubUnit connection) {
            connection.physical().close();
        }

        @Override
        public void abort(StubUnit connection) {
            connection.physical().close();
        }
    }
}
