package dev.cenote.protocols;

import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, or ISO-8601. */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(-?\\d{1,12})(ms|s|m|h)");

    private Durations() {}

    /**
     * The duration that {@code value} stands for.
     *
     * @param field what it is the value of, for the error
     * @throws ConfigurationException if it is none
     */
    public static Duration parse(String field, String value) {
        Matcher matcher = SHORT.matcher(value);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException malformed) {
            throw new ConfigurationException(
                    field + " must be a duration such as 500ms, 30s, 5m or PT30S, was " + value);
        }
    }
}
