package dev.cenote.jdbc;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.operations.BulkOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the relational backends. An operation is immutable and may be kept and used by many threads; the
 * statement is read once, when it is made.
 *
 * <pre>{@code
 * List<String> names = pool.execute(query("select name from users where age > ?", List.of(30), row -> row.getString(1)));
 * long changed = pool.execute(update("update users set age = ? where name = ?", List.of(31, "test")).idempotent());
 * }</pre>
 *
 * <p><b>Parameters</b> stand for question marks: null, text, numbers, truth values, {@code byte[]}, {@link
 * java.util.UUID}, {@code java.time} types, enums by their name, and whatever else the driver takes. {@link #params}
 * makes a list that may hold null.
 *
 * <p><b>Effect.</b> A query is {@link Effect#READ_ONLY}, and so may be tried again, if it begins with SELECT, VALUES,
 * TABLE, SHOW, EXPLAIN, DESCRIBE or WITH and writes nothing that can be seen in its text. What a function does cannot be
 * seen: a query that calls one which writes, or that takes locks for later, should go through {@link #update}'s sibling
 * {@link #writingQuery}. Updates and batches are {@link Effect#NON_IDEMPOTENT} unless {@link Operation#idempotent()}
 * says otherwise.
 *
 * <p><b>Session.</b> A statement other than SELECT, VALUES, TABLE, SHOW, EXPLAIN, DESCRIBE, WITH, INSERT, UPDATE, DELETE,
 * MERGE and REPLACE counts as changing the session, and so do those if their text shows {@code set_config}, an advisory
 * lock of the session, a user variable, or SELECT INTO: the connection is then reset in full when it is returned. A
 * session changed by a stored function is not seen: {@link ResetPolicy#FULL} is for that.
 *
 * <p><b>Deadline.</b> Shortly before it, by a tenth of the time and at most 200 ms, the statement is cancelled on the
 * server and the connection stays usable; a server that does not answer that is given up at the deadline. An interrupt
 * does not end a statement.
 */
public final class Sql {
    private Sql() {}

    /** All rows that {@code sql} gives, each made into a value by {@code mapper}. All are held in memory. */
    public static <T extends @Nullable Object> Operation<JdbcConnection, List<T>> query(
            String sql, RowMapper<T> mapper) {
        return query(sql, List.of(), mapper);
    }

    /** As {@link #query(String, RowMapper)}, with parameters. */
    public static <T extends @Nullable Object> Operation<JdbcConnection, List<T>> query(
            String sql, List<? extends @Nullable Object> params, RowMapper<T> mapper) {
        return new Query.All<>(SqlText.of(sql), copy(params), Objects.requireNonNull(mapper, "mapper"));
    }

    /**
     * The only row that {@code sql} gives, empty if it gives none or {@code mapper} makes null of it. More than one row
     * ends it with {@link TooManyRowsException}.
     */
    public static <T> Operation<JdbcConnection, Optional<T>> queryOne(
            String sql, RowMapper<? extends @Nullable T> mapper) {
        return queryOne(sql, List.of(), mapper);
    }

    /** As {@link #queryOne(String, RowMapper)}, with parameters. */
    public static <T> Operation<JdbcConnection, Optional<T>> queryOne(
            String sql, List<? extends @Nullable Object> params, RowMapper<? extends @Nullable T> mapper) {
        return new Query.One<>(SqlText.of(sql), copy(params), Objects.requireNonNull(mapper, "mapper"));
    }

    /** A query that writes, in a way that its text may not show: {@link Effect#NON_IDEMPOTENT}. */
    public static <T extends @Nullable Object> Operation<JdbcConnection, List<T>> writingQuery(
            String sql, List<? extends @Nullable Object> params, RowMapper<T> mapper) {
        return new Query.All<>(SqlText.of(sql).writing(), copy(params), Objects.requireNonNull(mapper, "mapper"));
    }

    /**
     * Runs {@code sql} and gives the number of rows it inserted, changed or removed, or of those it returned; 0 if there
     * is no such number.
     */
    public static Operation<JdbcConnection, Long> update(String sql) {
        return update(sql, List.of());
    }

    /** As {@link #update(String)}, with parameters. */
    public static Operation<JdbcConnection, Long> update(String sql, List<? extends @Nullable Object> params) {
        return new Update(SqlText.of(sql), copy(params));
    }

    /**
     * Runs {@code sql} once for each list of parameters. A part that fails ends it with {@link
     * dev.cenote.protocols.errors.BulkException}, which tells what was applied as far as the driver does. Outside a
     * transaction, PostgreSQL applies the parts of a batch all or not at all (a very long one piece by piece), while
     * MySQL and MariaDB apply each by itself and go on after a failed one, but for the inserts of MariaDB Connector/J,
     * which are applied all or not at all.
     */
    public static BulkOperation<JdbcConnection> batch(
            String sql, List<? extends List<? extends @Nullable Object>> params) {
        var parts = new ArrayList<List<? extends @Nullable Object>>(params.size());
        for (List<? extends @Nullable Object> part : params) {
            parts.add(copy(part));
        }
        return new Batch(SqlText.of(sql), List.copyOf(parts), Effect.NON_IDEMPOTENT);
    }

    /** A list of parameters, which may be null. */
    public static List<@Nullable Object> params(@Nullable Object... params) {
        var list = new ArrayList<@Nullable Object>(params.length);
        Collections.addAll(list, params);
        return Collections.unmodifiableList(list);
    }

    private static List<@Nullable Object> copy(List<? extends @Nullable Object> params) {
        return Collections.unmodifiableList(new ArrayList<@Nullable Object>(params));
    }
}
