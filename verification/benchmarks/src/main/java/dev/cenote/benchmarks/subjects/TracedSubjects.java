package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.subjects.PolicySubjects.StubPool;
import dev.cenote.benchmarks.subjects.PolicySubjects.Unit;
import dev.cenote.opentelemetry.PoolTelemetry;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The same pool with nobody who listens, and told of to OpenTelemetry: an acquire and release, and a call. */
public final class TracedSubjects {
    /** An acquire and release; nobody listens. */
    public static final String ACQUIRE = "acquire";

    private static final String ACQUIRE_POOL = "acquire-pool-metrics";
    private static final String ACQUIRE_ALL = "acquire-all";
    private static final String CALL = "call";
    private static final String CALL_POOL = "call-pool-metrics";
    private static final String CALL_UNSAMPLED = "call-spans-unsampled";
    private static final String CALL_SAMPLED = "call-spans-sampled";
    private static final String CALL_METRICS = "call-operation-metrics";
    private static final String CALL_ALL = "call-all-unsampled";

    private TracedSubjects() {}

    /** All of them. */
    public static List<String> names() {
        return List.of(
                ACQUIRE,
                ACQUIRE_POOL,
                ACQUIRE_ALL,
                CALL,
                CALL_POOL,
                CALL_UNSAMPLED,
                CALL_SAMPLED,
                CALL_METRICS,
                CALL_ALL);
    }

    /** Starts a pool of that size, full, and tells of it as the name says. */
    public static PolicySubject open(String name, int size) {
        StubPool pool = new PolicySubjects.Builder().minSize(size).maxSize(size).build();
        PolicySubjects.fill(pool, size);
        Supplier<Object> acquire = () -> {
            try (Lease<Unit> lease = pool.acquire()) {
                return lease;
            }
        };
        Operation<Unit, Unit> operation = new Answer();
        Supplier<Object> call = () -> pool.execute(operation);
        return switch (name) {
            case ACQUIRE -> new Telling(pool, acquire, null);
            case ACQUIRE_POOL -> telling(pool, acquire, Sampler.alwaysOff(), TracedSubjects::poolMetrics);
            case ACQUIRE_ALL -> telling(pool, acquire, Sampler.alwaysOff(), Function.identity());
            case CALL -> new Telling(pool, call, null);
            case CALL_POOL -> telling(pool, call, Sampler.alwaysOff(), TracedSubjects::poolMetrics);
            case CALL_UNSAMPLED -> telling(pool, call, Sampler.alwaysOff(), TracedSubjects::spans);
            case CALL_SAMPLED -> telling(pool, call, Sampler.alwaysOn(), TracedSubjects::spans);
            case CALL_METRICS -> telling(pool, call, Sampler.alwaysOff(), all -> all.spans(false));
            case CALL_ALL -> telling(pool, call, Sampler.alwaysOff(), Function.identity());
            default -> throw new IllegalArgumentException("subject must be one of " + names() + ", was " + name);
        };
    }

    private static PoolTelemetry.Builder poolMetrics(PoolTelemetry.Builder all) {
        return all.spans(false).operationMetrics(false);
    }

    private static PoolTelemetry.Builder spans(PoolTelemetry.Builder all) {
        return all.poolMetrics(false).operationMetrics(false);
    }

    private static Telling telling(
            StubPool pool,
            Supplier<Object> what,
            Sampler sampler,
            Function<PoolTelemetry.Builder, PoolTelemetry.Builder> less) {
        OpenTelemetrySdk sdk = sdk(sampler);
        less.apply(PoolTelemetry.builder(sdk)).build().register(pool);
        return new Telling(pool, what, sdk);
    }

    /** Collects each second and hears of each span that is sampled, to no avail. */
    private static OpenTelemetrySdk sdk(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(PeriodicMetricReader.builder(new Nowhere())
                                .setInterval(Duration.ofSeconds(1))
                                .build())
                        .build())
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(sampler))
                        .addSpanProcessor(new Forgetful())
                        .build())
                .build();
    }

    private record Telling(
            StubPool pool, Supplier<Object> what, @Nullable OpenTelemetrySdk sdk) implements PolicySubject {
        @Override
        public Object call() {
            return what.get();
        }

        @Override
        public void close() {
            pool.close();
            if (sdk != null) {
                sdk.close();
            }
        }
    }

    /** Answers at once. */
    private static final class Answer implements Operation<Unit, Unit> {
        @Override
        public String name() {
            return "answer";
        }

        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.READ_ONLY;
        }

        @Override
        public Class<Unit> resultType() {
            return Unit.class;
        }

        @Override
        public Unit execute(Unit connection, Deadline deadline) {
            return connection;
        }
    }

    /** Without a processor the SDK would make no tracer. */
    private static final class Forgetful implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    private static final class Nowhere implements MetricExporter {
        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
