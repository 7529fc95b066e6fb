package dev.cenote.mysql;

import dev.cenote.jdbc.NotSentException;
import dev.cenote.jdbc.ReadOnlyByCaller;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The errors that {@link MySqlClassifier} knows. A sample is MySQL Connector/J's, or of MariaDB's driver where only MariaDB
 * has the code or only that driver is there.
 */
final class MySqlErrors {
    static final List<KnownError> ALL = List.of(
            NotSentException.known(),
            known("08S01", "connection lost in mid-reply", () -> mysql().lost("Communications link failure", eof())),
            known(
                    "08S01",
                    "no reply by the client's deadline",
                    () -> mysql().lost("Communications link failure", late())),
            known(
                    "08000",
                    "connection lost in mid-reply (MariaDB's driver)",
                    () -> mariadb().lost("Socket error", eof())),
            answer(1040, "08004", "too many connections", "Too many connections"),
            answer(2002, "HY000", "no server at the socket", "Can't connect to local server"),
            answer(2003, "HY000", "no server at the address", "Can't connect to server"),
            answer(1053, "08S01", "server is shutting down", "Server shutdown in progress"),
            answer(1080, "08S01", "server closed the connection by force", "Forcing close of thread"),
            answer(1152, "08S01", "connection aborted", "Aborted connection"),
            answer(1153, "08S01", "packet too large", "Got a packet bigger than 'max_allowed_packet' bytes"),
            answer(1154, "08S01", "server could not read from the pipe", "Got a read error from the connection pipe"),
            answer(1155, "08S01", "network: fcntl() failed", "Got an error from fcntl()"),
            answer(1156, "08S01", "packets out of order", "Got packets out of order"),
            answer(1157, "08S01", "packet could not be uncompressed", "Couldn't uncompress communication packet"),
            answer(1158, "08S01", "server failed to read", "Got an error reading communication packets"),
            answer(1159, "08S01", "server timed out reading", "Got timeout reading communication packets"),
            answer(1160, "08S01", "server failed to write", "Got an error writing communication packets"),
            answer(1161, "08S01", "server timed out writing", "Got timeout writing communication packets"),
            answer(1184, "08S01", "new connection aborted", "Aborted connection to db"),
            ofMariaDb(1927, "70100", "connection was killed", "Connection was killed"),
            answer(2006, "HY000", "server has gone away", "Server has gone away"),
            answer(2013, "HY000", "connection lost during the query", "Lost connection to server during query"),
            answer(2014, "HY000", "commands out of sync", "Commands out of sync"),
            answer(2045, "HY000", "shared memory: connection refused", "Can't open shared memory"),
            answer(2055, "HY000", "connection lost, with the system's error", "Lost connection to server"),
            answer(4031, "HY000", "server disconnected an idle client", "The client was disconnected by the server"),
            answer(1290, "HY000", "read-only: the server's role has changed", "running with the --read-only option"),
            answer(1290, "HY000", "another option stands in the way", "running with the --secure-file-priv option"),
            answer(
                    1792,
                    "25006",
                    "read-only transaction, by the server",
                    "Cannot execute statement in a READ ONLY transaction"),
            known("1792", "read-only transaction, as the caller asked", MySqlErrors::readOnlyByCaller),
            answer(1836, "HY000", "read-only mode: the server's role has changed", "Running in read-only mode"),
            answer(1213, "40001", "deadlock", "Deadlock found when trying to get lock"),
            answer(1205, "40001", "lock wait time-out; the transaction is still open", "Lock wait timeout exceeded"),
            answer(1614, "XA102", "deadlock in an XA transaction", "XA_RBDEADLOCK: Transaction branch was rolled back"),
            answer(
                    3572,
                    "HY000",
                    "lock not available (NOWAIT)",
                    "Statement aborted because lock(s) could not be acquired"),
            answer(1317, "70100", "statement cancelled", "Query execution was interrupted"),
            answer(3024, "HY000", "statement timed out", "maximum statement execution time exceeded"),
            ofMariaDb(1969, "70100", "statement timed out (MariaDB)", "max_statement_time exceeded"),
            answer(1044, "42000", "no right to the database", "Access denied for user to database"),
            answer(1045, "28000", "wrong user or password", "Access denied for user"),
            answer(1049, "42000", "no such database", "Unknown database"),
            answer(1062, "23000", "duplicate key", "Duplicate entry for key 'PRIMARY'"),
            answer(1064, "42000", "syntax error", "You have an error in your SQL syntax"),
            answer(1146, "42S02", "no such table", "Table doesn't exist"));

    private MySqlErrors() {}

    private static KnownError known(String code, String meaning, Supplier<SQLException> sample) {
        return new KnownError(code, meaning, sample);
    }

    private static KnownError answer(int code, String state, String meaning, String message) {
        return known(Integer.toString(code), meaning, () -> mysql().answered(message, state, code));
    }

    private static KnownError ofMariaDb(int code, String state, String meaning, String message) {
        return known(Integer.toString(code), meaning, () -> mariadb().answered(message, state, code));
    }

    private static DriverAdapter mysql() {
        return either(MySqlDriver.MYSQL, MySqlDriver.MARIADB);
    }

    private static DriverAdapter mariadb() {
        return either(MySqlDriver.MARIADB, MySqlDriver.MYSQL);
    }

    private static DriverAdapter either(MySqlDriver one, MySqlDriver other) {
        try {
            return one.adapter();
        } catch (ConfigurationException absent) {
            return other.adapter();
        }
    }

    private static EOFException eof() {
        return new EOFException("unexpected end of stream");
    }

    private static SocketTimeoutException late() {
        return new SocketTimeoutException("Read timed out");
    }

    private static SQLException readOnlyByCaller() {
        return ReadOnlyByCaller.mark(
                mysql().answered("Cannot execute statement in a READ ONLY transaction", "25006", 1792));
    }
}
