package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HikariCP 7.1 makes of the numbers of a configuration: it replaces some by others as it starts, which its log says and
 * nothing else. A test holds this to its {@code HikariConfig}.
 */
final class HikariNumbers {
    static final long DEFAULT_LIFETIME_MILLIS = 1_800_000;
    static final long DEFAULT_IDLE_MILLIS = 600_000;

    /** Its longest wait, for a connectionTimeout of 0. */
    static final long FOR_EVER_MILLIS = Integer.MAX_VALUE;

    private static final int DEFAULT_SIZE = 10;
    private static final long LEAST_TIMEOUT_MILLIS = 250;
    private static final long LEAST_IDLE_MILLIS = 10_000;
    private static final long LEAST_INTERVAL_MILLIS = 30_000;
    private static final long LEAST_LEAK_MILLIS = 2_000;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private static final Map<String, Long> MILLIS_OF =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** By the name of the property: milliseconds, or a count. */
    private final Map<String, Long> given = new HashMap<>();

    /**
     * A number that is not taken as it is.
     *
     * @param by what it has in its place; 0 turns it off
     * @param why what of it is not taken
     */
    record Replaced(long by, String why) {}

    /** That property is set to that. */
    void set(String name, long value) {
        given.put(name, value);
    }

    boolean isSet(String name) {
        return given.containsKey(name);
    }

    /** What is set; 0 if it is not. */
    long get(String name) {
        return given.getOrDefault(name, 0L);
    }

    private long maximumPoolSize() {
        return given.getOrDefault("maximumPoolSize", (long) DEFAULT_SIZE);
    }

    /** Whether its pool keeps all connections open, so that none is ever idle for too long. */
    boolean isOfFixedSize() {
        return given.getOrDefault("minimumIdle", maximumPoolSize()) >= maximumPoolSize();
    }

    private long maxLifetime() {
        long value = given.getOrDefault("maxLifetime", DEFAULT_LIFETIME_MILLIS);
        return replacedLifetime(value).map(Replaced::by).orElse(value);
    }

    /** What it has in the place of that property's value, if it does not take it. */
    Optional<Replaced> replaced(String name) {
        long value = get(name);
        return switch (name) {
            case "minimumIdle" ->
                when(value > maximumPoolSize(), maximumPoolSize(), "more than maximumPoolSize (%d)", maximumPoolSize());
            case "maxLifetime" -> replacedLifetime(value);
            case "keepaliveTime" -> replacedKeepalive(value);
            case "leakDetectionThreshold" -> replacedThreshold(value);
            case "idleTimeout" -> isOfFixedSize() ? Optional.empty() : replacedIdle(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Replaced> replacedLifetime(long value) {
        return when(
                value != 0 && value < LEAST_INTERVAL_MILLIS,
                DEFAULT_LIFETIME_MILLIS,
                "less than %d ms",
                LEAST_INTERVAL_MILLIS);
    }

    private Optional<Replaced> replacedKeepalive(long value) {
        long lifetime = maxLifetime();
        return when(value != 0 && value < LEAST_INTERVAL_MILLIS, 0, "less than %d ms", LEAST_INTERVAL_MILLIS)
                .or(() -> when(
                        value != 0 && lifetime != 0 && value >= lifetime,
                        0,
                        "not less than maxLifetime (%d ms)",
                        lifetime));
    }

    private Optional<Replaced> replacedThreshold(long value) {
        long lifetime = maxLifetime();
        return when(value > 0 && value < LEAST_LEAK_MILLIS, 0, "less than %d ms", LEAST_LEAK_MILLIS)
                .or(() -> when(lifetime > 0 && value > lifetime, 0, "more than maxLifetime (%d ms)", lifetime));
    }

    private Optional<Replaced> replacedIdle(long value) {
        long lifetime = maxLifetime();
        return when(
                        lifetime > 0 && value + 1_000 > lifetime,
                        0,
                        "not less than maxLifetime (%d ms) by a second",
                        lifetime)
                .or(() -> when(
                        value != 0 && value < LEAST_IDLE_MILLIS,
                        DEFAULT_IDLE_MILLIS,
                        "less than %d ms",
                        LEAST_IDLE_MILLIS));
    }

    private static Optional<Replaced> when(boolean isReplaced, long by, String why, long bound) {
        return isReplaced ? Optional.of(new Replaced(by, why.formatted(bound))) : Optional.empty();
    }

    /** Why it does not start with that property's value, if it does not, although it might be one. */
    Optional<String> refused(String name) {
        boolean isBounded = name.equals("validationTimeout") || name.equals("connectionTimeout");
        return isBounded && get(name) > 0 && get(name) < LEAST_TIMEOUT_MILLIS
                ? Optional.of("less than " + LEAST_TIMEOUT_MILLIS + " ms")
                : Optional.empty();
    }

    // ---- numbers as they are written there

    /** Milliseconds, or a number with a unit. */
    static long millis(String name, Object value) {
        Matcher words = DURATION.matcher(String.valueOf(value).strip());
        if (!words.matches()) {
            return number(name, value);
        }
        return Long.parseLong(words.group(1)) * MILLIS_OF.getOrDefault(words.group(2), 1L);
    }

    static long number(String name, Object value) {
        try {
            return Long.parseLong(String.valueOf(value).strip());
        } catch (NumberFormatException malformed) {
            throw new ConfigurationException(name + " must be a whole number, was " + value);
        }
    }
}
