package dev.cenote.opentelemetry;

import dev.cenote.opentelemetry.CallNames.CallName;
import dev.cenote.protocols.CallObserver;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.ErrorAttributes;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of a pool's calls, and measures how long they take.
 *
 * @param pool whose calls
 * @param names how they are called
 * @param duration where to record how long they take; null if nobody wants that
 * @param tracer who makes the spans; null if nobody wants them
 */
record CallTelemetry(
        Pool<?> pool,
        CallNames names,
        @Nullable DoubleHistogram duration,
        @Nullable Tracer tracer) implements CallObserver {
    private static final double NANOS = 1e9;

    @Override
    public @Nullable Observation begin(String poolName, Database database, Operation<?, ?> operation) {
        CallName name = names.of(operation);
        Context context = Context.current();
        Span span = tracer == null ? null : recording(tracer, name, context);
        if (span == null && duration == null) {
            return null;
        }
        return new Observed(name, span, span == null ? context : context.with(span));
    }

    /**
     * A span, or null if it is not sampled. Samplers get the attributes, as the conventions ask, but not where the parent is
     * not sampled and so the answer is as good as known.
     */
    private static @Nullable Span recording(Tracer tracer, CallName name, Context context) {
        SpanContext parent = Span.fromContext(context).getSpanContext();
        boolean isHopeless = parent.isValid() && !parent.isSampled();
        SpanBuilder builder =
                tracer.spanBuilder(name.span()).setSpanKind(SpanKind.CLIENT).setParent(context);
        Span span = isHopeless
                ? builder.startSpan()
                : builder.setAllAttributes(name.attributes()).startSpan();
        if (!span.isRecording()) {
            return null;
        }
        return isHopeless ? span.setAllAttributes(name.attributes()) : span;
    }

    private AttributesBuilder attributes(Throwable error) {
        var told = ErrorAttributes.of(error, pool.codes(error));
        AttributesBuilder attributes = Attributes.builder().put(Conventions.ERROR_TYPE, told.type());
        told.statusCode().ifPresent(code -> attributes.put(Conventions.STATUS_CODE, code));
        return attributes;
    }

    /** One call. */
    private final class Observed implements Observation {
        private final CallName name;
        private final @Nullable Span span;
        private final Context context;
        private final long begunNanos = System.nanoTime();

        Observed(CallName name, @Nullable Span span, Context context) {
            this.name = name;
            this.span = span;
            this.context = context;
        }

        @Override
        public void leased(long connectionId, Duration waited) {
            if (span != null) {
                span.addEvent(
                        Conventions.ACQUIRED,
                        Attributes.of(
                                Conventions.POOL,
                                pool.name(),
                                Conventions.CONNECTION_ID,
                                connectionId,
                                Conventions.ACQUIRE_WAIT,
                                waited.toNanos() / NANOS));
            }
        }

        @Override
        public void attemptFailed(int attempt, Throwable error) {
            if (span != null) {
                span.addEvent(
                        Conventions.ATTEMPT_FAILED,
                        attributes(error)
                                .put(Conventions.ATTEMPT, (long) attempt)
                                .build());
            }
        }

        @Override
        public void end(@Nullable Throwable error) {
            double seconds = (System.nanoTime() - begunNanos) / NANOS;
            Attributes failed =
                    error == null ? Attributes.empty() : attributes(error).build();
            if (duration != null) {
                Attributes all = error == null
                        ? name.attributes()
                        : name.attributes().toBuilder().putAll(failed).build();
                duration.record(seconds, all, context);
            }
            if (span != null) {
                if (error != null) {
                    span.setStatus(StatusCode.ERROR).setAllAttributes(failed);
                }
                span.end();
            }
        }
    }
}
