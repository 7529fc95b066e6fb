package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.SqlClassifier;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/**
 * Reads errors of a database that Cenote does not know, by what the SQL standard and JDBC say of SQLSTATEs and exception
 * types. Where they leave it open, careful: the connection is kept only if the error is one of the statement.
 */
final class SqlStateClassifier extends SqlClassifier {
    @Override
    protected Verdict statement(SQLException failure) {
        if (isNetworkFailure(failure) || isConnectionGone(failure)) {
            return new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
        }
        if (failure instanceof SQLFeatureNotSupportedException) {
            return new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
        }
        String state = state(failure);
        return new Verdict(
                ConnectionFate.KEEP,
                switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                    case "40" -> state.equals("40003") ? CallFate.UNKNOWN : CallFate.ROLLED_BACK;
                    case "0A", "21", "22", "23", "26", "28", "2F", "34", "3D", "3F", "42", "44" -> CallFate.PERMANENT;
                    default -> CallFate.UNKNOWN;
                });
    }

    /** Whose numbers they are nobody knows, but the user. */
    @Override
    protected boolean hasNumbers() {
        return true;
    }

    private static boolean isConnectionGone(SQLException failure) {
        String state = state(failure);
        return failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.equals("01002")
                || state.startsWith("57P0");
    }

    @Override
    protected boolean isPermanentAtConnect(SQLException failure) {
        String state = state(failure);
        return failure instanceof SQLInvalidAuthorizationSpecException
                || state.startsWith("28")
                || state.equals("3D000");
    }

    private static String state(SQLException failure) {
        return String.valueOf(failure.getSQLState());
    }
}
