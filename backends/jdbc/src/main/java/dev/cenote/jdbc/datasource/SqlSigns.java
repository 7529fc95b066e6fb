package dev.cenote.jdbc.datasource;

import java.util.Locale;
import java.util.regex.Pattern;

/** The few things that a wrapper reads out of a statement's text. Three characters rule out nearly all statements. */
final class SqlSigns {
    /** Nothing of interest. */
    static final int NONE = 0;
    /** It begins a transaction that the driver need not know of. */
    static final int BEGINS = 1;
    /** It makes the transaction or the session read-only. */
    static final int READ_ONLY = 2;

    private static final int SHORTEST = "BEGIN".length();

    /** A transaction, and not a block of a procedural language. */
    private static final Pattern BEGIN = Pattern.compile(
            "(?:BEGIN(?:\\s+(?:TRAN|TRANSACTION|WORK|ISOLATION|READ|NOT|DEFERRABLE)\\b.*|\\s*;?\\s*)"
                    + "|START\\s+TRANSACTION\\b.*)",
            Pattern.DOTALL);

    private SqlSigns() {}

    /** What {@code sql} shows of itself, as a sum of bits. */
    static int of(String sql) {
        if (sql.length() < SHORTEST) {
            return NONE;
        }
        char first = lower(sql.charAt(0));
        if (first != 's' && first != 'b') {
            return NONE;
        }
        char second = lower(sql.charAt(1));
        char third = lower(sql.charAt(2));
        boolean set = first == 's' && second == 'e' && third == 't';
        boolean start = first == 's' && second == 't' && third == 'a';
        boolean begin = first == 'b' && second == 'e' && third == 'g';
        return set || start || begin ? read(sql.toUpperCase(Locale.ROOT)) : NONE;
    }

    private static int read(String upper) {
        boolean readOnly = upper.contains("READ ONLY") || upper.contains("READ_ONLY");
        return (BEGIN.matcher(upper).matches() ? BEGINS : NONE) | (readOnly ? READ_ONLY : NONE);
    }

    private static char lower(char letter) {
        return (char) (letter | 0x20);
    }
}
