package dev.cenote.jdbc.datasource;

import java.util.Locale;
import java.util.regex.Pattern;

/** The few things that a wrapper reads out of a statement's text. Three characters of each rule out nearly all. */
final class SqlSigns {
    /** Nothing of interest. */
    static final int NONE = 0;
    /** It begins a transaction that the driver need not know of. */
    static final int BEGINS = 1;
    /** It makes the transaction or the session read-only. */
    static final int READ_ONLY = 2;

    /** It sets auto-commit. */
    static final int AUTO_COMMIT = 4;

    private static final int SHORTEST = "BEGIN".length();

    /** A transaction, and not a block of a procedural language. */
    private static final Pattern BEGIN = Pattern.compile(
            "(?:BEGIN(?:\\s+(?:TRAN|TRANSACTION|WORK|ISOLATION|READ|NOT|DEFERRABLE)\\b.*|\\s*;?\\s*)"
                    + "|START\\s+TRANSACTION\\b.*)",
            Pattern.DOTALL);

    private static final Pattern SET_AUTO_COMMIT = Pattern.compile("SET\\b.*\\bAUTOCOMMIT\\b.*", Pattern.DOTALL);

    private SqlSigns() {}

    /** What {@code sql} shows of itself, as a sum of bits: its first statement, and those after semicolons. */
    static int of(String sql) {
        int signs = ofStatement(sql, 0);
        for (int end = sql.indexOf(';'); end >= 0; end = sql.indexOf(';', end + 1)) {
            signs |= ofStatement(sql, end + 1);
        }
        return signs;
    }

    private static int ofStatement(String sql, int from) {
        int start = afterComments(sql, from);
        if (sql.length() - start < SHORTEST) {
            return NONE;
        }
        char first = lower(sql.charAt(start));
        if (first != 's' && first != 'b') {
            return NONE;
        }
        char second = lower(sql.charAt(start + 1));
        char third = lower(sql.charAt(start + 2));
        boolean set = first == 's' && second == 'e' && third == 't';
        boolean begins = first == 's' && second == 't' && third == 'a';
        boolean begin = first == 'b' && second == 'e' && third == 'g';
        if (!set && !begins && !begin) {
            return NONE;
        }
        int end = sql.indexOf(';', start);
        return read(sql.substring(start, end < 0 ? sql.length() : end).toUpperCase(Locale.ROOT));
    }

    /** Where a statement begins, past white space and comments. */
    private static int afterComments(String sql, int from) {
        int at = from;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at) || sql.charAt(at) == '#') {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                at = end < 0 ? sql.length() : end + 2;
            } else {
                break;
            }
        }
        return at;
    }

    private static int read(String upper) {
        boolean readOnly = upper.contains("READ ONLY") || upper.contains("READ_ONLY");
        return (BEGIN.matcher(upper).matches() ? BEGINS : NONE)
                | (readOnly ? READ_ONLY : NONE)
                | (SET_AUTO_COMMIT.matcher(upper).matches() ? AUTO_COMMIT : NONE);
    }

    private static char lower(char letter) {
        return (char) (letter | 0x20);
    }
}
