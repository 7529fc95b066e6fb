package dev.cenote.postgres;

import dev.cenote.jdbc.NotSentException;
import dev.cenote.jdbc.ReadOnlyByCaller;
import dev.cenote.protocols.KnownError;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Supplier;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** The errors that {@link PostgresClassifier} knows; one stands for its class where the classifier reads the class. */
final class PostgresErrors {
    private static final String IO_ERROR = "An I/O error occurred while sending to the backend.";

    static final List<KnownError> ALL = List.of(
            known("08001", "nobody listens at the address", PostgresErrors::refused),
            known("08001", "no reply while connecting", PostgresErrors::silent),
            NotSentException.known(),
            fatal("08000", "connection error", "connection error"),
            known("08003", "connection closed, as the driver says", PostgresErrors::closed),
            fatal("08004", "connection rejected", "server rejected the connection"),
            known("08006", "connection lost in mid-reply", PostgresErrors::lost),
            known("08006", "no reply by the client's deadline", PostgresErrors::timedOut),
            fatal("08007", "connection lost in a transaction", "transaction resolution unknown"),
            fatal("08P01", "protocol violation", "invalid frontend message type"),
            fatal("08P01", "PgBouncer: no server came free in time", "query_wait_timeout"),
            fatal("57P01", "ended by the administrator", "terminating connection due to administrator command"),
            fatal(
                    "57P02",
                    "ended as another session crashed",
                    "terminating connection due to crash of another process"),
            fatal("57P03", "starting up, shutting down or recovering", "the database system is starting up"),
            fatal("57P05", "idle for too long", "terminating connection due to idle-session timeout"),
            fatal(
                    "25P03",
                    "idle in a transaction for too long",
                    "terminating connection due to idle-in-transaction timeout"),
            fatal("25P04", "transaction too long", "terminating connection due to transaction timeout"),
            answer(
                    "25006",
                    "read-only: the server's role has changed",
                    "cannot execute INSERT in a read-only transaction"),
            known("25006", "read-only, as the caller asked", PostgresErrors::readOnlyByCaller),
            fatal("53300", "too many connections", "sorry, too many clients already"),
            answer("53100", "disk full", "could not extend file: No space left on device"),
            answer("53200", "out of memory", "out of memory"),
            answer("58030", "I/O error of the server", "could not read block 0"),
            fatal("F0000", "configuration file error", "configuration file contains errors"),
            answer("XX000", "internal error", "cache lookup failed"),
            answer("XX001", "data corrupted", "invalid page in block 0"),
            known("XX000", "PANIC", () -> said("PANIC", "XX000", "could not write to file")),
            answer("40001", "serialization failure", "could not serialize access due to concurrent update"),
            answer("40P01", "deadlock", "deadlock detected"),
            answer("55P03", "lock not available", "could not obtain lock on row"),
            answer("40003", "completion of the statement unknown", "statement completion unknown"),
            answer("57014", "statement cancelled or timed out", "canceling statement due to user request"),
            answer("25P02", "transaction had failed before", "current transaction is aborted"),
            answer("0A000", "feature not supported", "FOR UPDATE is not allowed with aggregate functions"),
            answer("22012", "division by zero, as all data errors (22*)", "division by zero"),
            answer("23503", "foreign key violated", "insert or update violates foreign key constraint"),
            answer(
                    "23505",
                    "duplicate key, as all constraints (23*)",
                    "duplicate key value violates unique constraint"),
            answer("42501", "no privilege", "permission denied for table"),
            answer("42601", "syntax error, as all wrong statements (42*)", "syntax error at or near \"selec\""),
            answer("42P01", "no such table", "relation does not exist"),
            fatal("28000", "no such role, or not let in", "role does not exist"),
            fatal("28P01", "wrong password", "password authentication failed"),
            fatal("3D000", "no such database", "database does not exist"));

    private PostgresErrors() {}

    private static KnownError known(String state, String meaning, Supplier<PSQLException> sample) {
        return new KnownError(state, meaning, sample);
    }

    private static KnownError answer(String state, String meaning, String message) {
        return known(state, meaning, () -> said("ERROR", state, message));
    }

    private static KnownError fatal(String state, String meaning, String message) {
        return known(state, meaning, () -> said("FATAL", state, message));
    }

    /** As the protocol brings it: severity, the same untranslated, SQLSTATE and message. */
    private static PSQLException said(String severity, String state, String message) {
        return new PSQLException(
                new ServerErrorMessage("S" + severity + "\0V" + severity + "\0C" + state + "\0M" + message + "\0"));
    }

    private static PSQLException refused() {
        return new PSQLException(
                "Connection refused.",
                PSQLState.CONNECTION_UNABLE_TO_CONNECT,
                new ConnectException("Connection refused"));
    }

    private static PSQLException silent() {
        return new PSQLException(
                "The connection attempt failed.",
                PSQLState.CONNECTION_UNABLE_TO_CONNECT,
                new SocketTimeoutException("Connect timed out"));
    }

    private static PSQLException closed() {
        return new PSQLException("This connection has been closed.", PSQLState.CONNECTION_DOES_NOT_EXIST);
    }

    private static PSQLException lost() {
        return new PSQLException(IO_ERROR, PSQLState.CONNECTION_FAILURE, new EOFException());
    }

    private static PSQLException timedOut() {
        return new PSQLException(IO_ERROR, PSQLState.CONNECTION_FAILURE, new SocketTimeoutException("Read timed out"));
    }

    private static PSQLException readOnlyByCaller() {
        return ReadOnlyByCaller.mark(said("ERROR", "25006", "cannot execute INSERT in a read-only transaction"));
    }
}
