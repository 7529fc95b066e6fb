package dev.cenote.opentelemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A collector as far as tests need one: receives OTLP by HTTP, and the SDK that sends it there when asked to. */
final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<ScopeSpans> spans = new CopyOnWriteArrayList<>();
    private final List<ScopeMetrics> metrics = new CopyOnWriteArrayList<>();
    private final OpenTelemetrySdk sdk;

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            List<ScopeMetrics> received =
                    ExportMetricsServiceRequest.parseFrom(body(exchange)).getResourceMetricsList().stream()
                            .flatMap(resource -> resource.getScopeMetricsList().stream())
                            .toList();
            metrics.addAll(received);
            answer(exchange);
        });
        server.createContext("/v1/traces", exchange -> {
            spans.addAll(spans(body(exchange)));
            answer(exchange);
        });
        server.start();
        sdk = sdk("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static List<ScopeSpans> spans(byte[] body) throws InvalidProtocolBufferException {
        return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .toList();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readAllBytes();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Sends nothing by itself within an hour. */
    private static OpenTelemetrySdk sdk(String endpoint) {
        var spanExporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint + "/v1/traces")
                .build();
        var metricExporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(endpoint + "/v1/metrics")
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                        .addSpanProcessor(BatchSpanProcessor.builder(spanExporter)
                                .setScheduleDelay(Duration.ofHours(1))
                                .build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(PeriodicMetricReader.builder(metricExporter)
                                .setInterval(Duration.ofHours(1))
                                .build())
                        .build())
                .build();
    }

    OpenTelemetrySdk sdk() {
        return sdk;
    }

    /** What has been sent of our scope by now, with the scope. */
    List<ScopeSpans> scopesOfSpans() {
        done(sdk.getSdkTracerProvider().forceFlush());
        return spans.stream()
                .filter(scope -> scope.getScope().getName().equals("dev.cenote"))
                .toList();
    }

    /** All spans of our scope by now. */
    List<Span> spans() {
        return scopesOfSpans().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** Collects now, with the scope. */
    List<ScopeMetrics> scopesOfMetrics() {
        metrics.clear();
        done(sdk.getSdkMeterProvider().forceFlush());
        return metrics.stream()
                .filter(scope -> scope.getScope().getName().equals("dev.cenote"))
                .toList();
    }

    /** Collects now: the metrics of our scope, by name. */
    Map<String, Metric> metrics() {
        return scopesOfMetrics().stream()
                .flatMap(scope -> scope.getMetricsList().stream())
                .collect(Collectors.toMap(Metric::getName, Function.identity()));
    }

    private static void done(io.opentelemetry.sdk.common.CompletableResultCode result) {
        if (!result.join(20, TimeUnit.SECONDS).isSuccess()) {
            throw new IllegalStateException("could not export");
        }
    }

    @Override
    public void close() {
        sdk.close();
        server.stop(0);
    }
}
