package dev.cenote.spring;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.convert.DurationStyle;

/**
 * A duration that can be switched off: a property's {@code 30m}, {@code PT30M}, a number of milliseconds, or {@code off}.
 * Immutable.
 *
 * @param duration the duration; empty if it is off
 */
public record DurationOrOff(Optional<Duration> duration) {
    /** Switched off. */
    public static final DurationOrOff OFF = new DurationOrOff(Optional.empty());

    /** That long. */
    public static DurationOrOff of(Duration duration) {
        return new DurationOrOff(Optional.of(duration));
    }

    /**
     * Reads a property; Spring finds this by its name.
     *
     * @throws IllegalArgumentException if it is neither a duration nor {@code off}
     */
    public static DurationOrOff valueOf(String text) {
        // YAML reads a bare off as the truth value false
        if (text.strip().equalsIgnoreCase("off") || text.strip().equalsIgnoreCase("false")) {
            return OFF;
        }
        try {
            return of(DurationStyle.detectAndParse(text.strip()));
        } catch (IllegalArgumentException malformed) {
            // without the cause: the report of a failed start shows the last one, which knows nothing of off
            throw new IllegalArgumentException("must be a duration, such as 30s, or off, was " + text);
        }
    }

    void apply(Consumer<Duration> on, Runnable off) {
        duration.ifPresentOrElse(on, off);
    }

    @Override
    public String toString() {
        return duration.map(DurationStyle.SIMPLE::print).orElse("off");
    }
}
