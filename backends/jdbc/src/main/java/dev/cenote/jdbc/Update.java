package dev.cenote.jdbc;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that gives a number of rows. */
final class Update extends SqlOperation<Long> {
    private final List<? extends @Nullable Object> params;

    Update(SqlText text, List<? extends @Nullable Object> params) {
        super("update", text, Long.class);
        this.params = params;
    }

    @Override
    public Effect effect() {
        return Effect.NON_IDEMPOTENT;
    }

    @Override
    public Long execute(JdbcConnection connection, Deadline deadline) throws Exception {
        connection.note(text);
        return connection.use(deadline, driver -> {
            try (PreparedStatement statement = driver.prepareStatement(text.sql())) {
                bind(connection.dialect(), statement, params);
                connection.running(statement);
                return statement.execute() ? rows(statement.getResultSet()) : statement.getLargeUpdateCount();
            }
        });
    }

    /** Of a statement that returns what it changed. */
    private static long rows(ResultSet result) throws SQLException {
        long rows = 0;
        while (result.next()) {
            rows++;
        }
        return rows;
    }
}
