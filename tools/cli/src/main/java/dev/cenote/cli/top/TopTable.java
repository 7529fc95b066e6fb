package dev.cenote.cli.top;

import dev.cenote.cli.Lines;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table of pools for people.
 *
 * @param rows the pools
 * @param rates what was counted in a second, by pool; none for a pool that was not seen before
 */
record TopTable(List<PoolRow> rows, Map<String, Rates> rates) {
    private static final String FORMAT = "%-20s %-7s %-9s %9s %5s %5s %6s %9s %7s %7s %7s %9s %9s  %s%n";

    /** What was counted in a second. */
    record Rates(double acquired, double timedOut, double failed, double created) {
        static Rates of(PoolRow.Totals counted, double seconds) {
            return new Rates(
                    counted.acquired() / seconds,
                    counted.timedOut() / seconds,
                    counted.failed() / seconds,
                    counted.created() / seconds);
        }
    }

    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                FORMAT,
                "POOL",
                "STATE",
                "HEALTH",
                "LEASED",
                "IDLE",
                "CONN",
                "WAIT",
                "ACQ/S",
                "T-O/S",
                "FAIL/S",
                "OPEN/S",
                "WAIT P99",
                "USE P99",
                "CIRCUIT"));
        rows.forEach(row -> append(text, row));
        if (rows.isEmpty()) {
            text.append("there is no pool").append(System.lineSeparator());
        }
        return text.toString();
    }

    private void append(StringBuilder text, PoolRow row) {
        Optional<Rates> rate = Optional.ofNullable(rates.get(row.name()));
        String name = Lines.printable(row.name());
        PoolRow.Sizes sizes = row.sizes();
        text.append(String.format(
                Locale.ROOT,
                FORMAT,
                name.length() <= 20 ? name : name.substring(0, 19) + "~",
                word(row.state()),
                word(row.health()),
                sizes.leased() + "/" + sizes.maxSize(),
                sizes.idle(),
                sizes.connecting(),
                sizes.waiters(),
                number(rate.map(Rates::acquired)),
                number(rate.map(Rates::timedOut)),
                number(rate.map(Rates::failed)),
                number(rate.map(Rates::created)),
                time(row.waitP99Millis()),
                time(row.useP99Millis()),
                row.circuit().map(TopTable::word).orElse("-")));
        row.suspicions().forEach(suspicion -> append(text, suspicion));
        if (!row.isUp() && row.suspicions().isEmpty()) {
            append(text, row.reason());
        }
    }

    private static void append(StringBuilder text, String explanation) {
        text.append(Lines.wrapped("    ", Lines.printable(explanation))).append(System.lineSeparator());
    }

    private static String word(String name) {
        return Lines.printable(name).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String number(Optional<Double> value) {
        return value.map(it -> String.format(Locale.ROOT, it > 0 && it < 10 ? "%.1f" : "%,.0f", it))
                .orElse("-");
    }

    private static String time(Optional<Double> millis) {
        return millis.map(it -> it < 1_000
                        ? String.format(Locale.ROOT, it < 10 ? "%.3f ms" : "%.0f ms", it)
                        : String.format(Locale.ROOT, "%.1f s", it / 1_000))
                .orElse("-");
    }
}
