package dev.cenote.cli.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Prints the figures as tables. */
final class Report {
    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void print(List<Figures> all) {
        out.println();
        out.printf(
                "%-10s %11s %8s %8s   %-30s %-30s%n",
                "backend", "operations", "ops/s", "failed", "acquire p50 / p99 / max", "whole call p50 / p99 / max");
        for (Figures each : all) {
            out.printf(
                    "%-10s %,11d %,8d %,8d   %-30s %-30s%n",
                    each.name(),
                    each.tally().operations(),
                    Math.round(each.perSecond()),
                    each.tally().failures(),
                    times(each.tally().acquires()),
                    times(each.tally().calls()));
        }
        out.println();
        out.printf(
                "%-10s %12s %12s %8s %8s   %s%n", "ledger", "acknowledged", "stored", "unknown", "leaked", "verdict");
        for (Figures each : all) {
            out.printf(
                    "%-10s %,12d %,12d %,8d %,8d   %s%n",
                    each.name(),
                    each.tally().acknowledged(),
                    each.stored(),
                    each.tally().unknown(),
                    each.leaked(),
                    each.ledgerHolds() ? "holds" : "DOES NOT HOLD");
        }
        out.println();
        for (Figures each : all) {
            details(each);
        }
        out.println();
    }

    private void details(Figures each) {
        out.printf(
                "%-10s connections opened %d, closed %s; attempts %,d, of them retries %,d%n",
                each.name(), each.stats().created(), words(each.stats().closed()), each.attempts(), each.retries());
        out.printf("%-10s circuit %s%n", "", words(each.tally().transitions()));
        out.printf("%-10s errors %s%n", "", words(each.tally().errors()));
    }

    private static String words(Map<?, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String times(Histogram histogram) {
        return time(histogram.getValueAtPercentile(50)) + " / " + time(histogram.getValueAtPercentile(99)) + " / "
                + time(histogram.getMaxValue());
    }

    private static String time(long micros) {
        return micros < 10_000 ? micros + " us" : micros / 1_000 + " ms";
    }
}
