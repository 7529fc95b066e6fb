package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a new connection gets; what is not among it is as the driver has it. Immutable.
 *
 * @param values the settings
 * @param initSql a statement that runs once they are set
 */
record SessionDefaults(Map<Setting, Object> values, Optional<String> initSql) {
    SessionDefaults {
        values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
    }

    /** How a statement is run. */
    @FunctionalInterface
    interface Running {
        /** Runs it. */
        void run(Statement statement, String sql) throws SQLException;
    }

    boolean isReadOnly() {
        return Boolean.TRUE.equals(values.get(Setting.READ_ONLY));
    }

    /** Auto-commit comes last: what is set within a transaction, the first rollback would undo. */
    void apply(Connection raw, Running running) throws SQLException {
        for (Map.Entry<Setting, Object> each : values.entrySet()) {
            if (each.getKey() != Setting.AUTO_COMMIT) {
                each.getKey().set(raw, each.getValue());
            }
        }
        if (initSql.isPresent()) {
            run(raw, initSql.get(), running);
        }
        Object autoCommit = values.get(Setting.AUTO_COMMIT);
        if (autoCommit != null && !autoCommit.equals(raw.getAutoCommit())) {
            Setting.AUTO_COMMIT.set(raw, autoCommit);
        }
    }

    private static void run(Connection raw, String sql, Running running) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            running.run(statement, sql);
        }
        if (!raw.getAutoCommit()) {
            raw.commit();
        }
    }
}
