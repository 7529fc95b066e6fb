package dev.cenote.cli.bench;

import java.util.List;
import java.util.Locale;

/** The curve as a table. */
final class CurveTable {
    private static final String HEAD = "%4s  %11s  %6s  %7s  %10s  %10s  %10s  %8s%n";
    private static final String ROW = "%4d  %11s  %6s  %7s  %10s  %10s  %10s  %8d%s%n";

    private CurveTable() {}

    /** A line for each point; {@code size} is marked. Ends with a line break. */
    static String of(List<Point> points, Recommendation recommendation) {
        double best = points.stream().mapToDouble(Point::perSecond).max().orElse(1);
        var table = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                "size",
                "throughput",
                "+/-",
                "of best",
                "call p50",
                "call p99",
                "use p99",
                "failed"));
        for (Point point : points) {
            table.append(String.format(
                    Locale.ROOT,
                    ROW,
                    point.size(),
                    Format.rate(point.perSecond()),
                    Format.share(point.spread()),
                    Format.share(best == 0 ? 0 : point.perSecond() / best),
                    Format.time(point.median(Sample::callP50)),
                    Format.time(point.median(Sample::callP99)),
                    Format.time(point.median(Sample::useP99)),
                    point.failures(),
                    note(point, recommendation)));
        }
        return table.toString();
    }

    private static String note(Point point, Recommendation recommendation) {
        if (KneeRule.isFailed(point)) {
            return "  does not count";
        }
        int size = recommendation.size().orElse(-1);
        return point.size() == size ? "  <- recommended" : "";
    }
}
