package dev.cenote.jdbc;

import dev.cenote.protocols.Deadline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement that gives rows, with its parameters and what to make of each row. */
final class Query<T extends @Nullable Object> {
    private final SqlText text;
    private final List<? extends @Nullable Object> params;
    private final RowMapper<T> mapper;

    Query(SqlText text, List<? extends @Nullable Object> params, RowMapper<T> mapper) {
        this.text = text;
        this.params = params;
        this.mapper = mapper;
    }

    private List<T> run(JdbcConnection connection, Deadline deadline, int maxRows) throws Exception {
        connection.note(text);
        return connection.use(deadline, driver -> {
            try (PreparedStatement statement = driver.prepareStatement(text.sql())) {
                if (maxRows > 0) {
                    statement.setMaxRows(maxRows);
                }
                SqlOperation.bind(connection.dialect(), statement, params);
                connection.running(statement);
                try (ResultSet result = statement.executeQuery()) {
                    return rows(result);
                }
            }
        });
    }

    private List<T> rows(ResultSet result) throws SQLException {
        var rows = new ArrayList<T>();
        var row = new Row(result);
        while (result.next()) {
            try {
                rows.add(mapper.map(row));
            } catch (RuntimeException failure) {
                throw new RowMappingException(rows.size() + 1L, failure);
            }
        }
        return Collections.unmodifiableList(rows);
    }

    /** All rows. */
    static final class All<T extends @Nullable Object> extends SqlOperation<List<T>> {
        private final Query<T> query;

        All(SqlText text, List<? extends @Nullable Object> params, RowMapper<T> mapper) {
            super("query", text, List.class);
            this.query = new Query<>(text, params, mapper);
        }

        @Override
        public List<T> execute(JdbcConnection connection, Deadline deadline) throws Exception {
            return query.run(connection, deadline, 0);
        }
    }

    /** The only row, if there is one. */
    static final class One<T> extends SqlOperation<Optional<T>> {
        /** One more than is right is enough to know that it is wrong. */
        private static final int MAX_ROWS = 2;

        private final Query<? extends @Nullable T> query;

        One(SqlText text, List<? extends @Nullable Object> params, RowMapper<? extends @Nullable T> mapper) {
            super("queryOne", text, Optional.class);
            this.query = new Query<>(text, params, mapper);
        }

        @Override
        public Optional<T> execute(JdbcConnection connection, Deadline deadline) throws Exception {
            List<? extends @Nullable T> rows = query.run(connection, deadline, MAX_ROWS);
            if (rows.size() > 1) {
                throw new TooManyRowsException();
            }
            return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
        }
    }
}
