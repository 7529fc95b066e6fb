package dev.cenote.cli.bench;

import java.util.Locale;

/** Numbers with their units, in three figures. */
final class Format {
    private Format() {}

    /** A throughput: {@code 1,234/s}. */
    static String rate(double perSecond) {
        String pattern = perSecond < 10 ? "%,.2f/s" : perSecond < 100 ? "%,.1f/s" : "%,.0f/s";
        return String.format(Locale.ROOT, pattern, perSecond);
    }

    /** A time: {@code 85 us}, {@code 1.23 ms}, {@code 2.5 s}. */
    static String time(double micros) {
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.0f us", micros);
        }
        return micros < 1_000_000 ? figures(micros / 1_000) + " ms" : figures(micros / 1_000_000) + " s";
    }

    private static String figures(double value) {
        String pattern = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, pattern, value);
    }

    /** A share: {@code 98 %}. */
    static String share(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
