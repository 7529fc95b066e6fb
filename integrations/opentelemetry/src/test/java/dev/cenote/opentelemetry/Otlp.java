package dev.cenote.opentelemetry;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what was received. */
final class Otlp {
    private Otlp() {}

    static Map<String, Object> attributes(List<KeyValue> attributes) {
        var map = new TreeMap<String, Object>();
        attributes.forEach(attribute -> map.put(attribute.getKey(), value(attribute.getValue())));
        return map;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            default -> value.getStringValue();
        };
    }

    static Span.Event event(Span span, String name) {
        return span.getEventsList().stream()
                .filter(event -> event.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event " + name + " in " + span));
    }

    static List<NumberDataPoint> points(Metric metric) {
        return metric.hasSum() ? metric.getSum().getDataPointsList() : List.of();
    }

    /** The sum of the values that have that attribute. */
    static long value(Metric metric, String key, String wanted) {
        return points(metric).stream()
                .filter(point ->
                        wanted.equals(attributes(point.getAttributesList()).get(key)))
                .mapToLong(NumberDataPoint::getAsInt)
                .sum();
    }

    static long value(Metric metric) {
        return points(metric).stream().mapToLong(NumberDataPoint::getAsInt).sum();
    }

    static HistogramDataPoint histogram(Metric metric) {
        return metric.getHistogram().getDataPoints(0);
    }
}
