package dev.cenote.jdbc;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that the parameters of drivers obey. A message names the parameter, the rule and the value. */
public final class DriverParameters {
    private static final int NEAR = 2;

    private DriverParameters() {}

    /**
     * Refuses the parameters that would get into Cenote's way.
     *
     * @param reserved what to use instead, by the name of the parameter
     */
    public static void refuseReserved(Set<String> names, Map<String, String> reserved) {
        for (String name : names) {
            String instead = reserved.get(name);
            if (instead != null) {
                throw new ConfigurationException(
                        "parameter " + name + " is not the driver's to decide here: " + instead);
            }
        }
    }

    /** The error for a parameter that {@code driver} does not know, with the names that are near. */
    public static ConfigurationException unknown(String name, String driver, Collection<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        String near = known.stream()
                .filter(candidate -> isNear(lower, candidate.toLowerCase(Locale.ROOT)))
                .sorted()
                .collect(Collectors.joining(", "));
        return new ConfigurationException("parameter " + name + " must be one that " + driver + " knows, was not"
                + (near.isEmpty() ? "" : "; near it are: " + near));
    }

    /** Requires a value to be one of {@code choices}. */
    public static void oneOf(String name, Collection<String> choices, String value) {
        if (choices.stream().noneMatch(choice -> choice.equalsIgnoreCase(value))) {
            throw new ConfigurationException("parameter " + name + " must be one of " + choices + ", was " + value);
        }
    }

    /** Requires a value to be a whole number. */
    public static void integer(String name, String value) {
        try {
            Long.parseLong(value);
        } catch (NumberFormatException malformed) {
            throw new ConfigurationException("parameter " + name + " must be a whole number, was " + value);
        }
    }

    private static boolean isNear(String a, String b) {
        return distance(a, b) <= NEAR || (a.length() > NEAR + 1 && (a.contains(b) || b.contains(a)));
    }

    /** Number of letters to insert, remove or change to make {@code b} of {@code a}. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
