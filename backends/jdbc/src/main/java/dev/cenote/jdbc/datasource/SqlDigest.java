package dev.cenote.jdbc.datasource;

/**
 * A statement's text for a report: one line, without comments and without literals, which may hold what is nobody else's
 * business, and not long. Where a quote does not end, the rest counts as quoted.
 */
final class SqlDigest {
    private static final int LONGEST = 120;

    private final String sql;
    private final boolean doubleQuotesText;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private SqlDigest(String sql, boolean doubleQuotesText) {
        this.sql = sql;
        this.doubleQuotesText = doubleQuotesText;
    }

    /**
     * The digest of {@code sql}.
     *
     * @param doubleQuotesText whether what stands in double quotes may be text, as in MySQL, and not only a name
     */
    static String of(String sql, boolean doubleQuotesText) {
        return new SqlDigest(sql, doubleQuotesText).digest();
    }

    private String digest() {
        while (at < sql.length() && out.length() <= LONGEST) {
            next(sql.charAt(at));
        }
        String line = out.toString().strip();
        boolean isCut = at < sql.length() || line.length() > LONGEST;
        return isCut ? line.substring(0, Math.min(line.length(), LONGEST - 1)) + "…" : line;
    }

    private void next(char c) {
        if (Character.isWhitespace(c)) {
            space();
            at++;
        } else if (sql.startsWith("--", at) || c == '#' && doubleQuotesText) {
            skipPast("\n", at + 1);
            space();
        } else if (sql.startsWith("/*", at)) {
            skipPast("*/", at + 2);
            space();
        } else if (c == '\'' || c == '"' && doubleQuotesText) {
            quoted(c);
            out.append('?');
        } else if (c == '"' || c == '`') {
            int from = at;
            quoted(c);
            out.append(sql.charAt(at - 1) == c && at - from > 1 ? sql.substring(from, at) : "?");
        } else if (c == '$' && dollarQuoted()) {
            out.append('?');
        } else if (Character.isDigit(c)) {
            number();
        } else if (Character.isJavaIdentifierStart(c)) {
            word();
        } else {
            out.append(c);
            at++;
        }
    }

    private void space() {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    /** A backslash before a quote escapes it in some products and not in others: all that follows is hidden then. */
    private void quoted(char quote) {
        int end = sql.indexOf(quote, at + 1);
        boolean inDoubt = end > 0 && sql.charAt(end - 1) == '\\' && quote != '`';
        at = end < 0 || inDoubt ? sql.length() : end + 1;
    }

    private boolean dollarQuoted() {
        int end = sql.indexOf('$', at + 1);
        boolean isTag =
                end >= 0 && sql.substring(at + 1, end).chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        if (!isTag || end > at + 1 && Character.isDigit(sql.charAt(at + 1))) {
            return false;
        }
        String tag = sql.substring(at, end + 1);
        skipPast(tag, end + 1);
        return true;
    }

    private void number() {
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        out.append('?');
    }

    private void word() {
        int from = at;
        while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
            at++;
        }
        out.append(sql, from, at);
    }

    private void skipPast(String end, int from) {
        int found = sql.indexOf(end, Math.min(from, sql.length()));
        at = found < 0 ? sql.length() : found + end.length();
    }
}
