package dev.cenote.mysql;

import dev.cenote.protocols.KnownError;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.util.List;

/** The errors of MySQL and MariaDB that the documentation lists, as the drivers throw them. */
final class MySqlErrors {
    static final List<KnownError> ALL = List.of(
            error(1213, "40001", "deadlock"),
            error(1205, "HY000", "lock wait time-out: only the statement was undone; roll back, run all again"),
            error(1614, "XA102", "deadlock of an XA transaction"),
            error(3572, "HY000", "lock not available (NOWAIT)"),
            error(1317, "70100", "statement cancelled"),
            error(3024, "HY000", "statement time-out (MySQL)"),
            error(1969, "70100", "statement time-out (MariaDB)"),
            error(1053, "08S01", "server shutdown"),
            new KnownError(
                    "1290",
                    "read-only: the server's role has changed",
                    () -> new SQLException("The server is running with the --read-only option", "HY000", 1290)),
            new KnownError(
                    "1290",
                    "another option of the server's forbids it",
                    () -> new SQLException("The server is running with the --secure-file-priv option", "HY000", 1290)),
            error(1792, "25006", "write in a read-only transaction: the server's role has changed"),
            error(1836, "HY000", "read-only mode: the server's role has changed"),
            error(1040, "08004", "too many connections"),
            error(1044, "42000", "no right to the database"),
            error(1045, "28000", "wrong user or password"),
            error(1049, "42000", "no such database"),
            error(1130, "HY000", "the host may not connect"),
            error(1062, "23000", "duplicate key"),
            error(1064, "42000", "mistake in the statement"),
            error(1146, "42S02", "no such table"),
            error(1080, "08S01", "forced to close"),
            error(1152, "08S01", "connection aborted (1152 to 1161: network and packet errors)"),
            error(1184, "08S01", "connection aborted"),
            error(1927, "70100", "connection was killed (MariaDB)"),
            error(2006, "HY000", "server has gone away"),
            error(2013, "HY000", "connection lost while a statement ran"),
            error(2014, "HY000", "commands out of sync"),
            error(2045, "HY000", "shared memory connection lost"),
            error(2055, "HY000", "connection lost while reading"),
            error(4031, "HY000", "idle for too long"),
            new KnownError(
                    "08S01",
                    "lost in the middle of a reply",
                    () -> new SQLNonTransientConnectionException(
                            "lost", "08S01", 0, new EOFException("end of stream"))),
            new KnownError(
                    "08S01",
                    "no reply in time",
                    () -> new SQLNonTransientConnectionException(
                            "late", "08S01", 0, new SocketTimeoutException("Read timed out"))),
            new KnownError(
                    "none", "cancelled by the driver at its time-out", () -> new SQLTimeoutException("cancelled")));

    private MySqlErrors() {}

    private static KnownError error(int code, String state, String meaning) {
        return new KnownError(String.valueOf(code), meaning, () -> new SQLException(meaning, state, code));
    }
}
