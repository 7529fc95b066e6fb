package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Says in JDBC's words why there is no connection. */
final class Refusals {
    /** No connection could be established, in the standard's words. */
    static final String STATE = "08001";

    private Refusals() {}

    static SQLException of(PoolException failure) {
        String state = state(failure);
        if (failure instanceof PoolClosedException || failure instanceof ConnectionFailedException) {
            return new SQLNonTransientConnectionException(failure.getMessage(), state, failure);
        }
        if (failure instanceof AcquireInterruptedException) {
            return new SQLException(failure.getMessage(), state, failure);
        }
        return new SQLTransientConnectionException(failure.getMessage(), state, failure);
    }

    /** The driver's, where connecting failed. */
    private static String state(Throwable failure) {
        for (@Nullable Throwable at = failure.getCause(); at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return STATE;
    }
}
