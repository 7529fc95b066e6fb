package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.Distribution;
import java.time.Duration;
import java.util.Optional;

/**
 * What a second's distribution comes down to.
 *
 * @param count how many were measured
 * @param p50Micros the median
 * @param p99Micros what one of a hundred exceeded
 * @param maxMicros the longest
 */
record Quantiles(long count, double p50Micros, double p99Micros, double maxMicros) {
    /** Of that distribution; empty if it is. */
    static Optional<Quantiles> of(Distribution distribution) {
        if (distribution.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Quantiles(
                distribution.count(),
                micros(distribution.percentile(50)),
                micros(distribution.percentile(99)),
                micros(distribution.max())));
    }

    /** At least 1: less is not told apart, and a logarithmic scale has no place for nothing. */
    private static double micros(Duration time) {
        return Math.max(1, Math.round(time.toNanos() / 100.0) / 10.0);
    }

    ObjectNode json() {
        return Json.object()
                .put("count", count)
                .put("p50Micros", p50Micros)
                .put("p99Micros", p99Micros)
                .put("maxMicros", maxMicros);
    }
}
