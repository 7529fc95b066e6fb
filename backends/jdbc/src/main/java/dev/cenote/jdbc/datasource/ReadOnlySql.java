package dev.cenote.jdbc.datasource;

import java.util.Locale;

/** Sees whether a statement makes the transaction or the session read-only. */
final class ReadOnlySql {
    private static final int SHORTEST = "SET TRANSACTION READ ONLY".length() - "TRANSACTION ".length();

    private ReadOnlySql() {}

    /** True for SET, START and BEGIN with READ ONLY. Three characters rule out nearly all others. */
    static boolean makesReadOnly(String sql) {
        if (sql.length() < SHORTEST) {
            return false;
        }
        char first = lower(sql.charAt(0));
        if (first != 's' && first != 'b') {
            return false;
        }
        char second = lower(sql.charAt(1));
        char third = lower(sql.charAt(2));
        boolean set = first == 's' && second == 'e' && third == 't';
        boolean start = first == 's' && second == 't' && third == 'a';
        boolean begin = first == 'b' && second == 'e' && third == 'g';
        return (set || start || begin) && namesReadOnly(sql);
    }

    private static boolean namesReadOnly(String sql) {
        String upper = sql.toUpperCase(Locale.ROOT);
        return upper.contains("READ ONLY") || upper.contains("READ_ONLY");
    }

    private static char lower(char letter) {
        return (char) (letter | 0x20);
    }
}
