package dev.cenote.opentelemetry;

import static dev.cenote.opentelemetry.Otlp.attributes;
import static dev.cenote.opentelemetry.Otlp.event;
import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolBuilder;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector receives of a pool's calls, on a real server. */
abstract class SpanContract<C extends Connection> {
    /** A driver takes its time for the first connection of a process, the more so where others work too. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A value that no span and no metric may have. */
    static final String SECRET = "hunter2";

    private final TestServer server = TestServers.shared(product());
    private OtlpReceiver receiver;

    abstract Product product();

    abstract PoolBuilder<?, ? extends ResilientPool<C>> builder(String uri);

    /** What succeeds, reads, and has {@link #SECRET} among its parameters, keys or values. */
    abstract Operation<? super C, ?> good();

    /** What the server refuses. */
    abstract Operation<? super C, ?> bad();

    /** What a span of {@link #good} is called. */
    abstract String title();

    /** {@code db.*} of {@link #good}. */
    abstract Map<String, Object> described();

    /** By which the server refuses {@link #bad}. */
    abstract String statusCode();

    /** Does what {@link #good} and {@link #bad} need to find done, before the pool is observed. */
    void prepare(ResilientPool<C> pool) {}

    @BeforeEach
    void open() throws IOException {
        receiver = new OtlpReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private ResilientPool<C> pool() {
        ResilientPool<C> pool = builder(server.uri())
                .name("orders")
                .maxSize(1)
                .acquireTimeout(PATIENCE)
                .connectTimeout(PATIENCE)
                .build();
        prepare(pool);
        return pool;
    }

    private PoolTelemetry telemetry() {
        return PoolTelemetry.create(receiver.sdk());
    }

    private Span theSpan() {
        List<Span> spans = receiver.spans();
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }

    private Map<String, Object> expected(TestServer of) {
        var all = new java.util.TreeMap<>(described());
        all.put("server.address", of.host());
        all.put("server.port", (long) of.port());
        return all;
    }

    @Test
    void aCallThatSucceedsIsASpan() {
        try (var pool = pool();
                var registration = telemetry().register(pool)) {
            pool.execute(good());
            Span span = theSpan();
            assertThat(span.getName()).isEqualTo(title());
            assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            assertThat(span.getParentSpanId().isEmpty()).isTrue();
            assertThat(attributes(span.getAttributesList())).isEqualTo(expected(server));
            assertThat(span.getEventsList()).hasSize(1);
            assertThat(span.toString()).doesNotContain(SECRET);
            assertThat(receiver.scopesOfSpans().get(0).getSchemaUrl())
                    .isEqualTo("https://opentelemetry.io/schemas/1.33.0");
            assertAtRest(pool);
        }
    }

    @Test
    void itsDurationIsMeasuredWithTheSameAttributes() {
        try (var pool = pool();
                var registration = telemetry().register(pool)) {
            pool.execute(good());
            HistogramDataPoint point = Otlp.histogram(receiver.metrics().get("db.client.operation.duration"));
            assertThat(point.getCount()).isEqualTo(1);
            assertThat(attributes(point.getAttributesList())).isEqualTo(expected(server));
            Span span = theSpan();
            assertThat(point.getSum())
                    .isCloseTo(
                            (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1e9,
                            org.assertj.core.api.Assertions.within(5.0));
        }
    }

    @Test
    void whatTheServerRefusesHasItsCode() {
        try (var pool = pool();
                var registration = telemetry().register(pool)) {
            assertThatThrownBy(() -> pool.execute(bad())).isInstanceOf(CenoteException.class);
            Span span = theSpan();
            assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(attributes(span.getAttributesList()))
                    .containsEntry("db.response.status_code", statusCode())
                    .containsEntry("error.type", statusCode());
            assertThat(attributes(event(span, "cenote.attempt.failed").getAttributesList()))
                    .containsEntry("cenote.attempt", 1L)
                    .containsEntry("db.response.status_code", statusCode())
                    .containsEntry("error.type", statusCode());
            assertThat(span.toString()).doesNotContain(SECRET);
            HistogramDataPoint point = Otlp.histogram(receiver.metrics().get("db.client.operation.duration"));
            assertThat(attributes(point.getAttributesList()))
                    .containsEntry("db.response.status_code", statusCode())
                    .containsEntry("error.type", statusCode());
            assertAtRest(pool);
        }
    }

    @Test
    void aCallOfTwoAttemptsIsOneSpan() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                ResilientPool<C> pool = builder(through(proxy))
                        .name("orders")
                        .maxSize(1)
                        .retry(RetryPolicy.exponential()
                                .base(Duration.ofMillis(1))
                                .build())
                        .build()) {
            pool.execute(good());
            try (var registration = telemetry().register(pool)) {
                pool.execute(new CutAtFirst<>(proxy, good()));
                Span span = theSpan();
                assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
                assertThat(span.getEventsList())
                        .extracting(Span.Event::getName)
                        .containsExactly("cenote.acquired", "cenote.attempt.failed", "cenote.acquired");
                assertThat(attributes(event(span, "cenote.attempt.failed").getAttributesList()))
                        .containsEntry("cenote.attempt", 1L)
                        .containsKey("error.type");
                assertThat(attributes(span.getAttributesList())).doesNotContainKey("error.type");
                Map<String, Object> first =
                        attributes(span.getEventsList().get(0).getAttributesList());
                Map<String, Object> second =
                        attributes(span.getEventsList().get(2).getAttributesList());
                assertThat(first.get("cenote.connection.id")).isNotEqualTo(second.get("cenote.connection.id"));
            }
            assertAtRest(pool);
        }
    }

    private String through(FaultProxy proxy) {
        return server.uri().replace(server.host() + ":" + server.port(), proxy.host() + ":" + proxy.port());
    }

    @Test
    void howLongItWaitedForItsConnectionIsAnEvent() {
        try (var pool = pool();
                var registration = telemetry().register(pool)) {
            long connection;
            CompletableFuture<?> call;
            try (var lease = pool.acquire(Duration.ofSeconds(20))) {
                connection = lease.connectionId();
                call = pool.executeAsync(leased(good()));
                until(pool, "it waits", stats -> stats.waiters() == 1);
            }
            call.join();
            Map<String, Object> acquired =
                    attributes(event(theSpan(), "cenote.acquired").getAttributesList());
            assertThat(acquired)
                    .containsEntry("cenote.connection.id", connection)
                    .containsEntry("db.client.connection.pool.name", "orders")
                    .hasSize(3);
            assertThat((double) acquired.get("cenote.acquire.wait")).isPositive();
            assertAtRest(pool);
        }
    }

    /** The operation in a form that needs a lease of its own; unlike Redis', whose own may share a connection. */
    Operation<? super C, ?> leased(Operation<? super C, ?> operation) {
        return operation;
    }

    @Test
    void aSpanIsBelowThatOfItsCaller() {
        try (var pool = pool();
                var registration = telemetry().register(pool)) {
            var outer =
                    receiver.sdk().getTracer("outer").spanBuilder("checkout").startSpan();
            try (Scope scope = outer.makeCurrent()) {
                assertThat(scope).isNotNull();
                pool.execute(good());
                pool.executeAsync(good()).join();
                try (var lease = pool.acquire()) {
                    lease.execute(good());
                }
            } finally {
                outer.end();
            }
            assertThat(receiver.spans()).hasSize(3).allSatisfy(span -> {
                assertThat(hex(span.getTraceId().toByteArray()))
                        .isEqualTo(outer.getSpanContext().getTraceId());
                assertThat(hex(span.getParentSpanId().toByteArray()))
                        .isEqualTo(outer.getSpanContext().getSpanId());
            });
            assertAtRest(pool);
        }
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    @Test
    void belowASpanThatIsNotSampledThereIsNone() {
        var unsampled = io.opentelemetry.api.trace.Span.wrap(SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getDefault(),
                TraceState.getDefault()));
        try (var pool = pool();
                var registration = telemetry().register(pool)) {
            try (Scope scope = unsampled.makeCurrent()) {
                assertThat(scope).isNotNull();
                pool.execute(good());
                assertThatThrownBy(() -> pool.execute(bad())).isInstanceOf(CenoteException.class);
            }
            assertThat(receiver.spans()).isEmpty();
            assertThat(receiver.metrics()
                            .get("db.client.operation.duration")
                            .getHistogram()
                            .getDataPointsList())
                    .hasSize(2);
            assertAtRest(pool);
        }
    }

    @Test
    void aSummaryTakesThePlaceOfTheName() {
        try (var pool = pool();
                var registration = PoolTelemetry.builder(receiver.sdk())
                        .querySummary(operation -> Optional.of("find order by id"))
                        .build()
                        .register(pool)) {
            pool.execute(good());
            Span span = theSpan();
            assertThat(span.getName()).isEqualTo("find order by id");
            assertThat(attributes(span.getAttributesList())).containsEntry("db.query.summary", "find order by id");
        }
    }

    /** Loses its connection when it runs for the first time. */
    private static final class CutAtFirst<C extends Connection, R> implements Operation<C, R> {
        private final FaultProxy proxy;
        private final Operation<? super C, R> operation;
        private final AtomicBoolean wasCut = new AtomicBoolean();

        CutAtFirst(FaultProxy proxy, Operation<? super C, R> operation) {
            this.proxy = proxy;
            this.operation = operation;
        }

        @Override
        public String name() {
            return operation.name();
        }

        @Override
        public Optional<String> target() {
            return operation.target();
        }

        @Override
        public Effect effect() {
            return Effect.READ_ONLY;
        }

        @Override
        public Class<? super R> resultType() {
            return operation.resultType();
        }

        @Override
        public R execute(C connection, Deadline deadline) throws Exception {
            if (wasCut.compareAndSet(false, true)) {
                proxy.cut();
                throw new IOException("connection reset");
            }
            return operation.execute(connection, deadline);
        }
    }
}
