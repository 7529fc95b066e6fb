package dev.cenote.postgres;

import dev.cenote.protocols.KnownError;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** The errors of PostgreSQL that the documentation lists, as pgjdbc throws them. */
final class PostgresErrors {
    static final List<KnownError> ALL = List.of(
            error("40001", "serialization failure"),
            error("40P01", "deadlock"),
            error("55P03", "lock not available, lock time-out"),
            error("40003", "statement completion unknown"),
            error("57014", "statement cancelled, statement time-out"),
            fatal("57P01", "administrator's shutdown, terminated by an administrator"),
            fatal("57P02", "crash shutdown"),
            fatal("57P03", "cannot connect now: starting, stopping or recovering"),
            fatal("57P05", "idle for too long"),
            fatal("25P03", "idle in a transaction for too long"),
            fatal("25P04", "transaction too long"),
            error("25006", "read-only: the server's role has changed"),
            error("25P02", "the transaction had failed before"),
            fatal("53300", "too many connections"),
            error("53100", "disk full"),
            error("53200", "out of memory"),
            error("58030", "I/O error of the server"),
            error("F0000", "configuration file error"),
            error("XX000", "internal error"),
            fatal("08P01", "protocol violation; also PgBouncer's own errors"),
            fatal("28P01", "wrong password"),
            fatal("28000", "not allowed to log in"),
            fatal("3D000", "no such database"),
            error("23505", "duplicate key"),
            error("22012", "division by zero and other data errors (22*)"),
            error("42P01", "no such table and other mistakes in the statement (42*)"),
            error("0A000", "feature not supported"),
            driver("08001", "cannot connect", PSQLState.CONNECTION_UNABLE_TO_CONNECT),
            driver("08003", "the connection was closed before", PSQLState.CONNECTION_DOES_NOT_EXIST),
            lost("08006", "lost in the middle of a reply", new EOFException("end of stream")),
            lost("08006", "no reply in time", new SocketTimeoutException("Read timed out")));

    private PostgresErrors() {}

    private static KnownError error(String state, String meaning) {
        return said("ERROR", state, meaning);
    }

    private static KnownError fatal(String state, String meaning) {
        return said("FATAL", state, meaning);
    }

    /** As the server says it, in the fields of its protocol. */
    private static KnownError said(String severity, String state, String meaning) {
        String fields = "S" + severity + "\0V" + severity + "\0C" + state + "\0M" + meaning + "\0";
        return new KnownError(state, meaning, () -> new PSQLException(new ServerErrorMessage(fields)));
    }

    private static KnownError driver(String state, String meaning, PSQLState driverState) {
        return new KnownError(state, meaning, () -> new PSQLException(meaning, driverState));
    }

    private static KnownError lost(String state, String meaning, Exception cause) {
        return new KnownError(state, meaning, () -> new PSQLException(meaning, PSQLState.CONNECTION_FAILURE, cause));
    }
}
