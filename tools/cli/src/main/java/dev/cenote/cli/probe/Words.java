package dev.cenote.cli.probe;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Times in words. */
final class Words {
    private Words() {}

    /** Such as {@code 85 us}, {@code 1.2 ms}, {@code 500 ms}, {@code 5 s}, {@code 30 min}, {@code 8 h}. */
    static String time(Duration time) {
        long micros = time.toNanos() / 1_000;
        if (micros < 1_000) {
            return micros + " us";
        } else if (micros < 10_000 && micros % 1_000 != 0) {
            return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
        } else if (micros < 1_000_000) {
            return micros / 1_000 + " ms";
        }
        long seconds = time.toSeconds();
        if (seconds >= 7_200 && seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return seconds >= 120 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** As a URI has it: {@code 500ms}, {@code 5s}, {@code 4h}. */
    static String parameter(Duration time) {
        long millis = time.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        } else if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    static String or(Optional<Duration> time, String otherwise) {
        return time.map(Words::time).orElse(otherwise);
    }
}
