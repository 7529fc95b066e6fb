package dev.cenote.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of a row.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface RowMapper<T extends @Nullable Object> {
    /**
     * The value for {@code row}, which is valid during this call only. Called on the thread that runs the operation, or
     * on a worker of the pool for its asynchronous form.
     *
     * @throws SQLException what the row's getters throw
     */
    T map(Row row) throws SQLException;
}
