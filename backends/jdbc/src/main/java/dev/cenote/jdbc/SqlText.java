package dev.cenote.jdbc;

import dev.cenote.protocols.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be told of a statement by reading it: whether running it twice does harm, and whether it changes the session.
 * Where in doubt, it does. Literals, quoted names and comments are not read; nor can it be seen what a function does.
 */
record SqlText(String sql, Effect effect, boolean changesSession, boolean setsReadOnly, Optional<String> target) {
    private static final Set<String> READING =
            Set.of("SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC");
    private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE");
    private static final Set<String> BEFORE_TARGET = Set.of("FROM", "INTO", "UPDATE", "TABLE");
    private static final Set<String> NOT_A_TARGET =
            Set.of("ONLY", "SELECT", "LATERAL", "IF", "SET", "OF", "NOWAIT", "SKIP");

    static SqlText of(String sql) {
        List<String> tokens = new SqlScanner(sql).tokens();
        Set<String> words = Set.copyOf(upper(tokens));
        String first = tokens.isEmpty() ? "" : SqlScanner.upper(tokens.get(0));
        boolean clear = !tokens.contains(";") && !tokens.contains(SqlScanner.DOUBT);
        boolean session = !clear || isSessionStatement(first) || touchesSession(words, first);
        return new SqlText(
                sql,
                clear && reads(first, words) ? Effect.READ_ONLY : Effect.NON_IDEMPOTENT,
                session,
                session && setsReadOnly(sql),
                target(tokens));
    }

    /** The same statement, known to write. */
    SqlText writing() {
        return new SqlText(sql, Effect.NON_IDEMPOTENT, changesSession, setsReadOnly, target);
    }

    private static boolean reads(String first, Set<String> words) {
        if (first.equals("WITH")) {
            return WRITING.stream().noneMatch(words::contains) && !words.contains("INTO");
        }
        return READING.contains(first) && !words.contains("INTO") && !words.contains("ANALYZE");
    }

    private static boolean isSessionStatement(String first) {
        return !READING.contains(first) && !WRITING.contains(first) && !first.equals("WITH");
    }

    /** Plain statements that change the session all the same: advisory locks, settings, variables, temporary tables. */
    private static boolean touchesSession(Set<String> words, String first) {
        boolean intoTable = words.contains("INTO") && (first.equals("SELECT") || first.equals("TABLE"));
        return intoTable || words.contains("@") || words.stream().anyMatch(SqlText::isSessionFunction);
    }

    private static boolean isSessionFunction(String word) {
        return word.equals("SET_CONFIG")
                || word.equals("GET_LOCK")
                || word.startsWith("PG_ADVISORY_LOCK")
                || word.startsWith("PG_TRY_ADVISORY_LOCK");
    }

    private static boolean setsReadOnly(String sql) {
        String upper = SqlScanner.upper(sql);
        return upper.contains("READ ONLY") || upper.contains("READ_ONLY");
    }

    /** The first table named; empty where there is none or its name is quoted. */
    private static Optional<String> target(List<String> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String next = tokens.get(i + 1);
            if (BEFORE_TARGET.contains(SqlScanner.upper(tokens.get(i)))
                    && Character.isJavaIdentifierStart(next.charAt(0))
                    && !NOT_A_TARGET.contains(SqlScanner.upper(next))) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private static List<String> upper(List<String> tokens) {
        var upper = new ArrayList<String>(tokens.size());
        tokens.forEach(token -> upper.add(SqlScanner.upper(token)));
        return upper;
    }
}
