package dev.cenote.jdbc;

import dev.cenote.protocols.Effect;

/**
 * What can be told of a statement by reading it, for whoever runs statements otherwise than by {@link Sql}. Where in doubt, it
 * does.
 */
public final class SqlTraits {
    private SqlTraits() {}

    /** True if {@code sql} may write. */
    public static boolean mayWrite(String sql) {
        return SqlText.of(sql).effect() != Effect.READ_ONLY;
    }

    /** True if {@code sql} may commit by itself, whatever transaction it stands in. */
    public static boolean mayCommit(String sql) {
        return isCall(sql) || SqlText.of(sql).steps() != SqlText.Steps.WHOLE;
    }

    /** True if {@code sql}, should it fail outside a transaction, may leave something behind. */
    public static boolean mayBeAppliedInParts(String sql) {
        SqlText.Steps steps = SqlText.of(sql).steps();
        return isCall(sql) || steps == SqlText.Steps.PARTS || steps == SqlText.Steps.END;
    }

    /** JDBC's own word for a procedure. */
    private static boolean isCall(String sql) {
        return sql.stripLeading().startsWith("{");
    }
}
