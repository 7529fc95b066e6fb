package dev.cenote.examples.persistence;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A pool before PgBouncer in transaction mode. */
public final class BehindPgBouncer {
    private BehindPgBouncer() {}

    /** The pool. */
    public static CenoteDataSource pool(String url, String user) {
        // begin pool
        CenoteDataSource source = CenoteDataSource.builder()
                .url(url) // jdbc:postgresql://bouncer:6432/shop
                .user(user)
                .pgBouncer(true)
                .maxSize(10)
                .build();
        // end pool
        return source;
    }

    /** Runs a transaction with a setting and an isolation of its own; gives both. */
    public static String settings(Connection connection) throws SQLException {
        // begin local
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level serializable"); // in place of setTransactionIsolation
            statement.execute("set local work_mem = '8MB'"); // set local, never set
            try (ResultSet rows = statement.executeQuery(
                    "select current_setting('transaction_isolation'), current_setting('work_mem')")) {
                rows.next();
                return rows.getString(1) + ", " + rows.getString(2);
            }
        } finally {
            connection.commit();
        }
        // end local
    }
}
