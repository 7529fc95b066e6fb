package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The isolation levels by name. */
final class Isolation {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    /** JDBC's, and those that only some drivers know, by the names that HikariCP has for them. */
    private static final Map<String, Integer> LEVELS = new TreeMap<>(Map.of(
            "NONE", Connection.TRANSACTION_NONE,
            "READ_UNCOMMITTED", Connection.TRANSACTION_READ_UNCOMMITTED,
            "READ_COMMITTED", Connection.TRANSACTION_READ_COMMITTED,
            "REPEATABLE_READ", Connection.TRANSACTION_REPEATABLE_READ,
            "SERIALIZABLE", Connection.TRANSACTION_SERIALIZABLE,
            "CURSOR_STABILITY", 3,
            "LAST_COMMITTED", 5,
            "SQL_SERVER_SNAPSHOT_ISOLATION_LEVEL", 4096));

    private Isolation() {}

    /** The level of that name, in any case, with {@code TRANSACTION_} before it or not; or the number that it is. */
    static int level(String name) {
        String plain = name.strip().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        if (NUMBER.matcher(plain).matches()) {
            return Integer.parseInt(plain);
        }
        Integer level = LEVELS.get(plain.startsWith("TRANSACTION_") ? plain.substring("TRANSACTION_".length()) : plain);
        if (level == null) {
            throw new ConfigurationException("transactionIsolation must be one of " + LEVELS.keySet()
                    + " or a number of the driver's, was " + name);
        }
        return level;
    }
}
