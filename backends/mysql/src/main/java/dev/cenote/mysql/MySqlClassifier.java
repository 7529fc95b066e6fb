package dev.cenote.mysql;

import dev.cenote.jdbc.ReadOnlyByCaller;
import dev.cenote.jdbc.SqlClassifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the errors of MySQL and MariaDB, of both drivers, by error code (the error references of the two products). The
 * SQLSTATE alone misleads: that of a lock wait time-out is that of a deadlock, and yet it undoes only its statement.
 *
 * <p>After a lock wait time-out (1205) a transaction is still open: roll it back, then run all of it again.
 */
public final class MySqlClassifier extends SqlClassifier {
    private static final Verdict REFUSED = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
    private static final Verdict LOST = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
    private static final Verdict UNDONE = new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK);
    private static final Verdict INTERRUPTED = new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN);

    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SHUTDOWN = 1053;
    private static final int OPTION_PREVENTS = 1290;
    private static final int READ_ONLY_TRANSACTION = 1792;
    private static final int READ_ONLY_MODE = 1836;

    /** Deadlock, lock wait time-out, XA deadlock, lock not available. */
    private static final Set<Integer> UNDONE_CODES = Set.of(1213, 1205, 1614, 3572);
    /** Query interrupted; its maximum time exceeded, in MySQL's and in MariaDB's code. */
    private static final Set<Integer> INTERRUPTED_CODES = Set.of(1317, 3024, 1969);
    /** Forced close, network and packet errors; killed, no server there, gone, lost, time-outs of the server's. */
    private static final Set<Integer> LOST_CODES = IntStream.concat(
                    IntStream.of(1080, 1184, 1927, 2002, 2003, 2006, 2013, 2014, 2045, 2055, 4031),
                    IntStream.rangeClosed(1152, 1161))
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
    /** Host not allowed, wrong user or password, no right to the database, no such database, no such way to log in. */
    private static final Set<Integer> PERMANENT_AT_CONNECT = Set.of(1044, 1045, 1049, 1130, 1251, 1698);

    /** Makes one; it holds nothing. */
    public MySqlClassifier() {}

    @Override
    protected boolean hasNumbers() {
        return true;
    }

    @Override
    public List<KnownError> knownErrors() {
        return MySqlErrors.ALL;
    }

    @Override
    public Optional<Duration> pushBack(Throwable error) {
        return find(error, SQLException.class)
                .filter(failure -> failure.getErrorCode() == TOO_MANY_CONNECTIONS)
                .map(overloaded -> A_MOMENT);
    }

    @Override
    protected boolean isPermanentAtConnect(SQLException failure) {
        return PERMANENT_AT_CONNECT.contains(failure.getErrorCode());
    }

    @Override
    protected Verdict statement(SQLException failure) {
        int code = failure.getErrorCode();
        if (code == SHUTDOWN) {
            return new Verdict(ConnectionFate.CLEAR, CallFate.UNKNOWN);
        }
        if (isReadOnly(failure, code)) {
            return ReadOnlyByCaller.marks(failure) ? REFUSED : new Verdict(ConnectionFate.CLEAR, CallFate.ROLLED_BACK);
        }
        if (UNDONE_CODES.contains(code)) {
            return UNDONE;
        }
        if (isInterrupted(failure)) {
            return INTERRUPTED;
        }
        return isLost(failure, code) ? LOST : answered(failure, code);
    }

    /**
     * True if the statement was cancelled or ran out of time on the server. Connector/J's exception for a statement that it
     * has cancelled itself has neither code nor state, nor may the driver be there to be asked for its class.
     */
    static boolean isInterrupted(SQLException failure) {
        int code = failure.getErrorCode();
        boolean bare = code == 0 && !isNetworkFailure(failure);
        return INTERRUPTED_CODES.contains(code)
                || (bare && failure instanceof SQLTimeoutException)
                || failure.getClass().getSimpleName().equals("MySQLStatementCancelledException");
    }

    /** 1290 is about any option of the server's that stands in the way: its text says which. */
    private static boolean isReadOnly(SQLException failure, int code) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return code == READ_ONLY_TRANSACTION
                || code == READ_ONLY_MODE
                || (code == OPTION_PREVENTS && (text.contains("read-only") || text.contains("read_only")));
    }

    private static boolean isLost(SQLException failure, int code) {
        String state = state(failure);
        boolean connectionState = state.startsWith("08") && !state.equals("08004");
        return LOST_CODES.contains(code)
                || connectionState
                || failure instanceof SQLNonTransientConnectionException
                || isNetworkFailure(failure);
    }

    /** An error with a code is the server's answer, and undid its statement; one without is the driver's. */
    private static Verdict answered(SQLException failure, int code) {
        if (state(failure).equals("40001")) {
            return UNDONE;
        }
        return code > 0 || isCallersMistake(state(failure)) ? REFUSED : LOST;
    }

    /** Wrong arguments, columns, values or calls, as the drivers see them before anything is sent or after all is read. */
    private static boolean isCallersMistake(String state) {
        return state.startsWith("S1")
                || state.startsWith("S0")
                || state.startsWith("07")
                || state.startsWith("0A")
                || state.startsWith("21")
                || state.startsWith("22")
                || state.startsWith("42");
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }
}
