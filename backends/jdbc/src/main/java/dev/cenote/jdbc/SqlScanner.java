package dev.cenote.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a statement into words, {@code ";"} where another statement follows, {@code "@"} for a user variable of MySQL and
 * {@code "'"} for anything quoted. Knows the quotes and comments of PostgreSQL and MySQL; where the two disagree on what
 * follows, as on a backslash before a quote, it says {@link #DOUBT}, and nothing should be concluded from the rest.
 */
final class SqlScanner {
    static final String DOUBT = "\\";

    private static final String QUOTED = "'";

    private final String sql;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private boolean statementEnded;

    SqlScanner(String sql) {
        this.sql = sql;
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    List<String> tokens() {
        while (at < sql.length()) {
            next();
        }
        return tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (isWordStart(c)) {
            word();
        } else if (c == '\'' || c == '"' || c == '`') {
            add(QUOTED);
            quoted(c);
        } else if (c == '$' && dollarQuoted()) {
            add(QUOTED);
        } else if (sql.startsWith("--", at)) {
            // MySQL wants a space after the dashes; without one they are two minus signs to it.
            doubtIf(at + 2 < sql.length() && !Character.isWhitespace(sql.charAt(at + 2)));
            skipTo("\n");
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else {
            symbol(c);
        }
    }

    /** What MySQL runs of a comment counts as text. */
    private void comment() {
        if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
            at += 3;
        } else {
            int from = at + 2;
            skipTo("*/");
            doubtIf(sql.substring(from, at).contains("/*")); // PostgreSQL nests comments, MySQL does not.
        }
    }

    private void symbol(char c) {
        if (c == ';') {
            statementEnded = true;
        } else if (c == '@' && isVariable()) {
            add("@");
        } else if (sql.startsWith("@@", at)) {
            at++;
        } else {
            // A comment to MySQL, an operator to PostgreSQL, unless it is one that MySQL has not.
            doubtIf(c == '#' && !sql.startsWith("#>", at) && !sql.startsWith("#-", at));
        }
        at++;
    }

    /** A variable of the user's, not one of the server's and not an operator of PostgreSQL's. */
    private boolean isVariable() {
        boolean afterAt = at > 0 && sql.charAt(at - 1) == '@';
        if (afterAt || at + 1 >= sql.length()) {
            return false;
        }
        char next = sql.charAt(at + 1);
        return isWordStart(next) || next == '`' || next == '\'' || next == '"';
    }

    private void word() {
        int from = at;
        while (at < sql.length() && (isWordStart(sql.charAt(at)) || isWordPart(sql.charAt(at)))) {
            at++;
        }
        add(sql.substring(from, at));
    }

    private void quoted(char quote) {
        at++;
        while (at < sql.length() && sql.charAt(at) != quote) {
            boolean escapes = sql.charAt(at) == '\\' && quote != '`';
            doubtIf(escapes && at + 1 < sql.length() && sql.charAt(at + 1) == quote);
            at += escapes ? 2 : 1;
        }
        at++;
    }

    private void doubtIf(boolean ambiguous) {
        if (ambiguous) {
            add(DOUBT);
        }
    }

    private boolean dollarQuoted() {
        int end = sql.indexOf('$', at + 1);
        if (end < 0
                || !sql.substring(at + 1, end).chars().allMatch(c -> isWordStart((char) c) || Character.isDigit(c))) {
            return false;
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            return false;
        }
        at = close + tag.length();
        return true;
    }

    private void skipTo(String end) {
        int found = sql.indexOf(end, at + 1);
        at = found < 0 ? sql.length() : found + end.length();
    }

    private void add(String token) {
        if (statementEnded) {
            statementEnded = false;
            tokens.add(";");
        }
        tokens.add(token);
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isWordPart(char c) {
        return Character.isDigit(c) || c == '$' || c == '.';
    }
}
