package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.subjects.PolicySubjects.Answer;
import dev.cenote.benchmarks.subjects.PolicySubjects.StubPool;
import dev.cenote.benchmarks.subjects.PolicySubjects.Unit;
import dev.cenote.micrometer.PoolMetrics;
import dev.cenote.opentelemetry.PoolTelemetry;
import dev.cenote.opentelemetry.PoolTelemetry.Registration;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** The same pool with nobody who listens, and with its figures published; acquires, or calls. */
public final class MeteredSubjects {
    /** Nobody listens. */
    public static final String NONE = "cenote-unmetered";

    /** Micrometer, without operations. */
    public static final String METERED = "cenote-metered";

    /** Micrometer, with the durations of operations, which has each lease tell of what runs on it. */
    public static final String OPERATIONS = "cenote-metered-operations";

    /** OpenTelemetry, without operations and spans. */
    public static final String TELEMETRY = "cenote-telemetry";

    /** OpenTelemetry, with operations and with spans that are not sampled. */
    public static final String TELEMETRY_OPERATIONS = "cenote-telemetry-operations";

    /** Micrometer and OpenTelemetry were there, and have ended. */
    public static final String NO_LONGER = "cenote-no-longer-metered";

    /** Calls to which nobody listens. */
    public static final String CALLS = "cenote-calls-unmetered";

    /** Calls after Micrometer and OpenTelemetry have ended. */
    public static final String CALLS_NO_LONGER = "cenote-calls-no-longer-metered";

    private static final String CALLS_METERED = "cenote-calls-metered-operations";
    private static final String CALLS_TELEMETRY = "cenote-calls-telemetry-operations";
    private static final String CALLS_SAMPLED = "cenote-calls-sampled";

    private MeteredSubjects() {}

    /** All that acquire and release. */
    public static List<String> names() {
        return List.of(NONE, METERED, OPERATIONS, TELEMETRY, TELEMETRY_OPERATIONS, NO_LONGER);
    }

    /** All that call. */
    public static List<String> calls() {
        return List.of(CALLS, CALLS_METERED, CALLS_TELEMETRY, CALLS_SAMPLED, CALLS_NO_LONGER);
    }

    /** Starts a pool of that size, full, and publishes its figures as the name says. */
    public static Subject open(String name, int size) {
        StubPool pool = new PolicySubjects.Builder().minSize(size).maxSize(size).build();
        PolicySubjects.fill(pool, size);
        var metered = new Metered(pool, metering(name, pool));
        return calls().contains(name) ? new Calling(metered) : metered;
    }

    /** What ends it. */
    private static Runnable metering(String name, StubPool pool) {
        return switch (name) {
            case NONE, CALLS -> () -> {};
            case METERED -> PoolMetrics.builder(pool).operations(false).bind(new SimpleMeterRegistry())::close;
            case OPERATIONS, CALLS_METERED -> PoolMetrics.bind(pool, new SimpleMeterRegistry())::close;
            case TELEMETRY -> telemetry(pool, Sampler.alwaysOff(), false);
            case TELEMETRY_OPERATIONS, CALLS_TELEMETRY -> telemetry(pool, Sampler.alwaysOff(), true);
            case CALLS_SAMPLED -> telemetry(pool, Sampler.alwaysOn(), true);
            case NO_LONGER, CALLS_NO_LONGER -> {
                PoolMetrics.bind(pool, new SimpleMeterRegistry()).close();
                telemetry(pool, Sampler.alwaysOn(), true).run();
                yield () -> {};
            }
            default -> throw new IllegalArgumentException("subject must be known, was " + name);
        };
    }

    /** The SDK, which collects each second, as a server of metrics would have it, and throws it away. */
    private static Runnable telemetry(StubPool pool, Sampler sampler, boolean operations) {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(sampler))
                        .addSpanProcessor(new Forgetful())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(PeriodicMetricReader.builder(new Nowhere())
                                .setInterval(Duration.ofSeconds(1))
                                .build())
                        .build())
                .build();
        Registration registration = PoolTelemetry.builder(sdk)
                .operationMetrics(operations)
                .spans(operations)
                .build()
                .register(pool);
        return () -> {
            registration.close();
            sdk.close();
        };
    }

    private record Metered(StubPool pool, Runnable end) implements Subject {
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
            end.run();
            pool.close();
        }
    }

    /** Calls instead of acquiring. */
    private record Calling(Metered metered) implements Subject {
        private static final Operation<Unit, Unit> ANSWER = new Answer();

        @Override
        public void cycle(Blackhole blackhole) {
            blackhole.consume(metered.pool().execute(ANSWER));
        }

        @Override
        public Object acquire() {
            return metered.acquire();
        }

        @Override
        public void release(Object held) {
            metered.release(held);
        }

        @Override
        public void close() {
            metered.close();
        }
    }
}
