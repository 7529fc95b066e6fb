package dev.cenote.jdbc;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.DeadlineExceededException;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a relational database: the driver's {@link Connection}, what is known of its session, and the use that
 * is going on.
 *
 * <p>Used by one holder at a time. Made by a {@link JdbcConnector}; used through {@link Sql}'s operations.
 */
public final class JdbcConnection implements Transactional {
    /** Time for the round trip that takes up a cancel which came too late for its statement. */
    private static final int SETTLE_MILLIS = 200;

    /** Query cancelled, in PostgreSQL's and in MySQL's words. */
    private static final String CUT_SHORT = "57014";

    private final Connection driver;
    private final Dialect dialect;
    private final Watch watch;
    private final Flight flight;

    private int networkMillis = -1;
    private boolean used;
    private boolean sessionChanged;
    private boolean readOnlySession;
    private boolean exposed;
    private boolean inTransaction;
    private boolean readOnlyTransaction;
    private volatile @Nullable String broken;

    JdbcConnection(Connection driver, Dialect dialect, Watch watch) {
        this.driver = driver;
        this.dialect = dialect;
        this.watch = watch;
        this.flight = new Flight(watch, new Ending());
        watch.add(flight);
    }

    /** What is done with the driver's connection within a deadline. */
    interface Use<T extends @Nullable Object> {
        T with(Connection driver) throws Exception;
    }

    /**
     * The driver's own connection, as {@link Connection} or as the driver's own types. Its session counts as changed
     * from then on: on return it is reset in full. Deadlines do not reach what is done through it.
     *
     * @throws IllegalArgumentException if the driver's connection is not of that type
     */
    @Override
    public <T> T unwrap(Class<T> type) {
        T found = find(type);
        exposed = true;
        try {
            setNetworkTimeout(0);
        } catch (SQLException gone) {
            broken = gone.getMessage();
        }
        return found;
    }

    private <T> T find(Class<T> type) {
        if (type.isInstance(driver)) {
            return type.cast(driver);
        }
        try {
            if (driver.isWrapperFor(type)) {
                return driver.unwrap(type);
            }
        } catch (SQLException refused) {
            throw new IllegalArgumentException(notOf(type), refused);
        }
        throw new IllegalArgumentException(notOf(type));
    }

    private String notOf(Class<?> type) {
        return "type must be " + Connection.class.getName() + " or one that "
                + driver.getClass().getName() + " has, was " + type.getName();
    }

    /**
     * Begins a transaction with these options. They hold for it alone: nothing is left to restore after its end.
     */
    @Override
    public void begin(TransactionOptions options, Deadline deadline) throws Exception {
        inTransaction = true;
        readOnlyTransaction = options.readOnly();
        use(deadline, connection -> {
            dialect.begin(connection, options);
            return null;
        });
    }

    /** Commits. A commit is not cancelled as its deadline nears: its fate would be in doubt. */
    @Override
    public void commit(Deadline deadline) throws Exception {
        use(deadline, connection -> {
            dialect.commit(connection);
            return null;
        });
        inTransaction = false;
        readOnlyTransaction = false;
    }

    @Override
    public void rollback(Deadline deadline) throws Exception {
        use(deadline, connection -> {
            dialect.rollback(connection);
            return null;
        });
        inTransaction = false;
        readOnlyTransaction = false;
    }

    @Override
    public void savepoint(String name, Deadline deadline) throws Exception {
        run("SAVEPOINT " + name, deadline);
    }

    @Override
    public void rollbackTo(String savepoint, Deadline deadline) throws Exception {
        run("ROLLBACK TO SAVEPOINT " + savepoint, deadline);
    }

    @Override
    public void release(String savepoint, Deadline deadline) throws Exception {
        run("RELEASE SAVEPOINT " + savepoint, deadline);
    }

    private void run(String sql, Deadline deadline) throws Exception {
        use(deadline, connection -> {
            try (Statement statement = connection.createStatement()) {
                running(statement);
                return statement.execute(sql);
            }
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is where nothing but queries and changes of rows was run: other statements may have committed by themselves, as
     * those that define tables do in MySQL, and what was done through the driver's own object is not known. Tables whose
     * storage engine has no transactions are beyond any promise.
     */
    @Override
    public boolean isUndoneWhenLost() {
        return !sessionChanged && !exposed;
    }

    /**
     * Runs {@code use} within {@code deadline}, on this thread. Its exception flows out unchanged, but for one that our
     * own cancel caused, which becomes the cause of a {@link DeadlineExceededException}.
     */
    <T extends @Nullable Object> T use(Deadline deadline, Use<T> use) throws Exception {
        start(deadline);
        T result;
        try {
            result = use.with(driver);
        } catch (Exception | Error failure) {
            if (ended(failure)) {
                throw new DeadlineExceededException(failure);
            }
            throw failure;
        }
        if (ended(null)) {
            throw new DeadlineExceededException(new SQLTimeoutException(
                    "cancelled as its deadline was near; its result may not be whole", CUT_SHORT));
        }
        return result;
    }

    /** A use has ended. True if that was our cancel's doing, as far as can be known. */
    private boolean ended(@Nullable Throwable failure) {
        if (failure != null) {
            markReadOnly(failure);
        }
        boolean lost = failure != null && hasIoCause(failure);
        boolean cancelled = settle(flight.end(lost), failure);
        if (lost) {
            broken = "it was lost in its last use";
        }
        if (exposed) {
            restoreNetworkTimeout();
        }
        return cancelled;
    }

    private void start(Deadline deadline) throws SQLException {
        String why = broken;
        if (why != null) {
            throw NotSentException.broken(why);
        }
        used = true;
        long remaining = deadline.remainingNanos();
        if (remaining <= 0) {
            throw NotSentException.late();
        }
        try {
            setNetworkTimeout(deadline.isLimited() ? deadline.remainingMillis(Integer.MAX_VALUE) : 0);
        } catch (SQLException closed) {
            broken = closed.getMessage();
            NotSentException notSent = NotSentException.broken("" + closed.getMessage());
            notSent.initCause(closed);
            throw notSent;
        }
        if (deadline.isLimited()) {
            flight.begin(remaining);
        }
    }

    /** Ends what a cancel may have left behind. True if the cancel made the use end. */
    private boolean settle(Flight.End end, @Nullable Throwable failure) {
        if (end == Flight.End.QUIET) {
            return false;
        }
        if (end == Flight.End.LOST) {
            broken = "its last use did not end well by its deadline";
            return false;
        }
        if (failure instanceof SQLException sql && dialect.isCancellation(sql)) {
            if (dialect.mayCutShort()) {
                // The driver may say so before the server does, so that the cancel may still be to come.
                absorbCancel();
            }
            return true;
        }
        absorbCancel();
        return failure == null && dialect.mayCutShort();
    }

    /** The cancel came too late for its statement: a round trip of no consequence takes it up. */
    private void absorbCancel() {
        try {
            setNetworkTimeout(SETTLE_MILLIS);
            dialect.ping(driver);
        } catch (SQLException failure) {
            if (!dialect.isCancellation(failure)) {
                broken = "a cancelled statement left it in an unknown state";
            }
        }
    }

    private static boolean hasIoCause(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private void markReadOnly(Throwable failure) {
        if (failure instanceof SQLException && (readOnlyTransaction || readOnlySession || isDriverReadOnly())) {
            ReadOnlyByCaller.mark(failure);
        }
    }

    private boolean isDriverReadOnly() {
        try {
            return exposed && driver.isReadOnly();
        } catch (SQLException closed) {
            return false;
        }
    }

    /** What a cancel shall stop, while {@link #use} runs. */
    void running(@Nullable Statement statement) {
        flight.running(statement);
    }

    /** Takes note of what {@code text}, which is about to run, does to the session. */
    void note(SqlText text) {
        sessionChanged |= text.changesSession();
        readOnlySession |= text.setsReadOnly();
    }

    Dialect dialect() {
        return dialect;
    }

    private void setNetworkTimeout(int millis) throws SQLException {
        if (millis != networkMillis) {
            driver.setNetworkTimeout(Runnable::run, millis);
            networkMillis = millis;
        }
    }

    private void restoreNetworkTimeout() {
        try {
            setNetworkTimeout(0);
        } catch (SQLException closed) {
            broken = closed.getMessage();
        }
    }

    // ---- for the connector

    boolean needsReset(ResetPolicy policy) {
        return inTransaction || sessionChanged || exposed || broken != null || (used && policy == ResetPolicy.FULL);
    }

    void reset(ResetPolicy policy, Deadline deadline) throws Exception {
        boolean full = sessionChanged || exposed || policy == ResetPolicy.FULL;
        exposed = false;
        use(deadline, connection -> {
            if (full) {
                dialect.resetSession(connection);
            } else if (inTransaction) {
                dialect.rollback(connection);
            }
            connection.clearWarnings();
            return null;
        });
        String why = broken;
        if (why != null) {
            throw NotSentException.broken(why);
        }
        inTransaction = false;
        readOnlyTransaction = false;
        sessionChanged = false;
        readOnlySession = false;
        used = false;
    }

    void validate(Deadline deadline) throws Exception {
        boolean before = used;
        use(deadline, connection -> {
            dialect.ping(connection);
            return null;
        });
        used = before;
    }

    void close() throws SQLException {
        watch.remove(flight);
        if (broken != null) {
            driver.abort(Runnable::run);
        } else {
            driver.setNetworkTimeout(Runnable::run, SETTLE_MILLIS);
            driver.close();
        }
    }

    void abort() {
        watch.remove(flight);
        broken = "it was aborted";
        new Ending().abort();
    }

    /** How the watch ends a use. */
    private final class Ending implements Flight.Owner {
        @Override
        public void cancel(Statement statement) throws SQLException {
            dialect.cancel(driver, statement);
        }

        @Override
        public void abort() {
            watch.must().execute(() -> {
                try {
                    driver.abort(Runnable::run);
                } catch (SQLException | RuntimeException alreadyGone) {
                    // Nothing is left to end.
                }
            });
        }
    }

    @Override
    public String toString() {
        return "JdbcConnection[" + driver.getClass().getSimpleName() + (broken == null ? "]" : ", broken]");
    }
}
