package dev.cenote.cli.bench;

import dev.cenote.cli.Lines;
import dev.cenote.protocols.PoolUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a bench found.
 *
 * @param uri the database, its password masked when shown
 * @param query what each call did
 * @param callers how many callers made the load
 * @param plan how it was measured
 * @param points the curve
 * @param recommendation what it speaks for
 * @param notes what the reader should know besides
 */
record BenchReport(
        PoolUri uri,
        String query,
        int callers,
        Course.Plan plan,
        List<Point> points,
        Recommendation recommendation,
        List<String> notes) {
    BenchReport {
        points = List.copyOf(points);
        notes = List.copyOf(notes);
    }

    /** The stable fields of its JSON. */
    Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("uri", uri.toString());
        map.put("query", query);
        map.put("callers", callers);
        map.put("rounds", plan.rounds());
        map.put("durationMillis", plan.duration().toMillis());
        map.put("warmUpMillis", plan.leadIn().toMillis());
        map.put("tolerance", recommendation.tolerance());
        map.put("points", points.stream().map(BenchReport::asMap).toList());
        map.put("finding", recommendation.kind().word());
        map.put(
                "recommendedSize",
                recommendation.size().isPresent() ? recommendation.size().getAsInt() : null);
        map.put("sizesByRound", recommendation.sizesByRound());
        map.put("reasons", recommendation.reasons());
        map.put("notes", notes);
        return map;
    }

    private static Map<String, Object> asMap(Point point) {
        var map = new LinkedHashMap<String, Object>();
        map.put("size", point.size());
        map.put("perSecond", rounded(point.perSecond()));
        map.put(
                "perSecondByRound",
                point.samples().stream()
                        .map(sample -> rounded(sample.perSecond()))
                        .toList());
        map.put("spread", Math.round(point.spread() * 1_000) / 1_000.0);
        map.put("callP50Micros", point.micros(Sample::callP50));
        map.put("callP99Micros", point.micros(Sample::callP99));
        map.put("useP50Micros", point.micros(Sample::useP50));
        map.put("useP99Micros", point.micros(Sample::useP99));
        map.put("calls", point.calls());
        map.put("failures", point.failures());
        map.put("clientProcessors", rounded(point.median(Sample::processors)));
        return map;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** As people read it. */
    String asText(CurvePlot.Glyphs glyphs) {
        String end = System.lineSeparator();
        var text = new StringBuilder();
        text.append("%s%n%s, %d callers, %d round%s of %s at each size%n%n"
                .formatted(
                        uri,
                        query,
                        callers,
                        plan.rounds(),
                        plan.rounds() == 1 ? "" : "s",
                        Format.time(plan.duration().toNanos() / 1e3)));
        if (!points.isEmpty()) {
            text.append(CurveTable.of(points, recommendation)).append(end);
            text.append(CurvePlot.of(points, recommendation, glyphs)).append(end);
        }
        text.append(recommendation.finding()).append(end);
        var lines = new ArrayList<>(recommendation.reasons());
        lines.addAll(notes);
        for (String line : lines) {
            text.append(Lines.wrapped("  - ", line)).append(end);
        }
        return text.toString();
    }
}
