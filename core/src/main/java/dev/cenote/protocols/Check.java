package dev.cenote.protocols;

import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;

/** The rules that options obey. A message names the field, the rule and the value. */
public final class Check {
    private Check() {}

    /** Longest duration that an option takes: beyond it, nanoseconds would not fit. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** {@code value}, which must be at least {@code least}. */
    public static int atLeast(String field, int least, int value) {
        if (value < least) {
            throw new ConfigurationException(field + " must be >= " + least + ", was " + value);
        }
        return value;
    }

    /** {@code value}, which must lie between {@code least} and {@code most}. */
    public static double between(String field, double least, double most, double value) {
        if (!(value >= least && value <= most)) {
            throw new ConfigurationException(field + " must be between " + least + " and " + most + ", was " + value);
        }
        return value;
    }

    /** {@code value}, which must be longer than zero. */
    public static Duration positive(String field, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new ConfigurationException(field + " must be > 0, was " + value);
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new ConfigurationException(field + " must be <= " + LONGEST.toDays() + " days, was " + value);
        }
        return value;
    }

    /** {@code value}, which must hold more than white space. */
    public static String notBlank(String field, String value) {
        if (value.isBlank()) {
            throw new ConfigurationException(field + " must not be blank, was \"" + value + "\"");
        }
        return value;
    }

    /** The bounds of a pool: 0 &lt;= minSize &lt;= maxSize, maxSize &gt;= 1. */
    public static void sizes(int minSize, int maxSize) {
        atLeast("minSize", 0, minSize);
        atLeast("maxSize", 1, maxSize);
        if (minSize > maxSize) {
            throw new ConfigurationException("maxSize must be >= minSize (" + minSize + "), was " + maxSize);
        }
    }
}
