package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.subjects.PolicySubjects.StubPool;
import dev.cenote.benchmarks.subjects.PolicySubjects.Unit;
import dev.cenote.micrometer.PoolMetrics;
import dev.cenote.protocols.Lease;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Blackhole;

/** The same pool with nobody who listens, and with its figures published. */
public final class MeteredSubjects {
    /** Nobody listens. */
    public static final String NONE = "cenote-unmetered";

    /** Micrometer, without operations. */
    public static final String METERED = "cenote-metered";

    /** Micrometer, with the durations of operations, which has each lease tell of what runs on it. */
    public static final String OPERATIONS = "cenote-metered-operations";

    private MeteredSubjects() {}

    /** All of them. */
    public static List<String> names() {
        return List.of(NONE, METERED, OPERATIONS);
    }

    /** Starts a pool of that size, full, and publishes its figures as the name says. */
    public static Subject open(String name, int size) {
        StubPool pool = new PolicySubjects.Builder().minSize(size).maxSize(size).build();
        PolicySubjects.fill(pool, size);
        return new Metered(pool, metrics(name, pool));
    }

    private static @Nullable PoolMetrics metrics(String name, StubPool pool) {
        return switch (name) {
            case NONE -> null;
            case METERED -> PoolMetrics.builder(pool).operations(false).bind(new SimpleMeterRegistry());
            case OPERATIONS -> PoolMetrics.bind(pool, new SimpleMeterRegistry());
            default -> throw new IllegalArgumentException("subject must be one of " + names() + ", was " + name);
        };
    }

    private record Metered(StubPool pool, @Nullable PoolMetrics metrics) implements Subject {
        @Override
        public void cycle(Blackhole blackhole) {
            try (Lease<Unit> lease = pool.acquire()) {
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
            if (metrics != null) {
                metrics.close();
            }
            pool.close();
        }
    }
}
