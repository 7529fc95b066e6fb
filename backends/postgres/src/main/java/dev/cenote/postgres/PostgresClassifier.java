package dev.cenote.postgres;

import dev.cenote.jdbc.ReadOnlyByCaller;
import dev.cenote.jdbc.SqlClassifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Reads PostgreSQL's errors by SQLSTATE (appendix A of its manual) and severity. An error that the server answered with
 * severity ERROR undid its statement and left the connection sound; FATAL and PANIC end the connection.
 */
public final class PostgresClassifier extends SqlClassifier {
    private static final Verdict REFUSED = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
    private static final Verdict LOST = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);

    private static final String CANCELLED = "57014";
    private static final String READ_ONLY = "25006";
    private static final String TRANSACTION_FAILED = "25P02";
    private static final String COMPLETION_UNKNOWN = "40003";
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final String NO_SUCH_DATABASE = "3D000";

    /** Administrator's shutdown, crash shutdown, not accepting connections. */
    private static final Set<String> SERVER_GOING = Set.of("57P01", "57P02", "57P03");
    /** Serialization failure, deadlock, and lock not available: the statement or transaction was undone. */
    private static final Set<String> UNDONE = Set.of("40001", "40P01", "55P03");
    /** Idle in transaction for too long, and transaction too long: it was undone and the connection closed. */
    private static final Set<String> UNDONE_AND_CLOSED = Set.of("25P03", "25P04");
    /** Idle for too long: the server closed the connection before it read the statement. */
    private static final String IDLE_TOO_LONG = "57P05";
    /** Too many connections, and starting up, shutting down or recovering. */
    private static final Set<String> NOT_SERVING = Set.of("53300", "57P03");

    private static final Duration A_MOMENT = Duration.ofMillis(200);
    /** Resources, system errors, configuration file, internal errors. */
    private static final Set<String> SICK_CLASSES = Set.of("53", "58", "F0", "XX");

    /** Makes one; it holds nothing. */
    public PostgresClassifier() {}

    @Override
    public List<KnownError> knownErrors() {
        return PostgresErrors.ALL;
    }

    @Override
    public Optional<Duration> pushBack(Throwable error) {
        return find(error, SQLException.class)
                .filter(failure -> NOT_SERVING.contains(state(failure)))
                .map(overloaded -> A_MOMENT);
    }

    @Override
    protected boolean isPermanentAtConnect(SQLException failure) {
        String state = state(failure);
        return state.startsWith("28") || state.equals(NO_SUCH_DATABASE);
    }

    @Override
    protected Verdict statement(SQLException failure) {
        String state = state(failure);
        if (SERVER_GOING.contains(state)) {
            return new Verdict(ConnectionFate.CLEAR, CallFate.UNKNOWN);
        }
        if (state.equals(READ_ONLY)) {
            return ReadOnlyByCaller.marks(failure) ? REFUSED : new Verdict(ConnectionFate.CLEAR, CallFate.ROLLED_BACK);
        }
        if (state.equals(IDLE_TOO_LONG)) {
            return new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED);
        }
        if (UNDONE_AND_CLOSED.contains(state)) {
            return new Verdict(ConnectionFate.EVICT, CallFate.ROLLED_BACK);
        }
        if (isFatal(failure) || state.startsWith("08") || isNetworkFailure(failure)) {
            return lost(failure, state);
        }
        return answered(failure, state);
    }

    /** PgBouncer's own errors are protocol violations to pgjdbc; one whose wait for a server timed out never ran. */
    private static Verdict lost(SQLException failure, String state) {
        boolean neverRan = state.equals(PROTOCOL_VIOLATION) && message(failure).contains("query_wait_timeout");
        return neverRan ? new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED) : LOST;
    }

    private static Verdict answered(SQLException failure, String state) {
        if (UNDONE.contains(state)) {
            return new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK);
        }
        if (state.equals(CANCELLED) || state.equals(COMPLETION_UNKNOWN)) {
            return new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN);
        }
        if (state.length() < 2) {
            return LOST;
        }
        // An ERROR undid the statement: one for want of memory, disk or connections may be tried again elsewhere.
        String family = state.substring(0, 2);
        if (SICK_CLASSES.contains(family)) {
            boolean resources = family.equals("53") && answer(failure).isPresent();
            return new Verdict(ConnectionFate.EVICT, resources ? CallFate.ROLLED_BACK : CallFate.UNKNOWN);
        }
        return REFUSED;
    }

    /** A commit of a transaction that had failed was a rollback. */
    @Override
    protected Verdict commit(SQLException failure, Verdict verdict) {
        return state(failure).equals(TRANSACTION_FAILED)
                ? new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK)
                : verdict;
    }

    private static boolean isFatal(SQLException failure) {
        String severity = answer(failure).map(ServerErrorMessage::getSeverity).orElse("");
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    private static Optional<ServerErrorMessage> answer(SQLException failure) {
        return find(failure, PSQLException.class).map(PSQLException::getServerErrorMessage);
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private static String message(SQLException failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }
}
