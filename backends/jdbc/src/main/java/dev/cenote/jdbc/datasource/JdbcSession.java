package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.AppliedInParts;
import dev.cenote.jdbc.FullReset;
import dev.cenote.jdbc.ReadOnlyByCaller;
import dev.cenote.jdbc.SqlTraits;
import dev.cenote.protocols.Activity;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Footprint;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the driver's, and what is known of its session: what each setting was before somebody changed it, what
 * was changed, and whether a transaction may be open. Used by one holder at a time.
 */
public final class JdbcSession implements Connection {
    private static final Setting[] SETTINGS = Setting.values();

    /** A setting was exposed of which it cannot be told what it was: it must not be used again. */
    private static final int UNKNOWN = 1 << 20;
    /** The driver has another network time-out than the holder's. */
    private static final int LIMITED = 1 << 21;
    /** Statements ran that nobody read for whether they write. */
    private static final int UNREAD = 1 << 22;
    /** Its holder has an object of the driver's, through which any setting may be changed. */
    private static final int EXPOSED = 1 << 23;
    /** Its holder has an object of the driver's that may write by itself, as a {@link java.sql.Blob}. */
    private static final int LOB_GIVEN = 1 << 24;
    /** Auto-commit may have been changed past the wrapper: the driver is asked. */
    private static final int AUTO_COMMIT_ELSEWHERE = 1 << 25;
    /** A transaction was begun by SQL, of which the driver need not know. */
    private static final int BEGUN_BY_SQL = 1 << 26;
    /** The caller made it read-only by SQL. */
    private static final int READ_ONLY_BY_SQL = 1 << 27;
    /** {@code beginRequest} was called. */
    private static final int IN_REQUEST = 1 << 28;
    /** Something was done that may have left a warning. */
    private static final int TOUCHED = 1 << 29;
    /** A transaction may be open. */
    private static final int IN_TRANSACTION = 1 << 30;
    /** It must not be used again. */
    private static final int BROKEN = 1 << 31;

    /** What needs no reset, but is cleared where the wrapper ends. */
    private static final int LIGHT = TOUCHED | READ_ONLY_BY_SQL | LIMITED | UNREAD;

    private static final String BATCH = "batch";

    /** Read-only transaction, as SQLSTATE. */
    private static final String READ_ONLY_TRANSACTION = "25006";

    /** Those that may be set by SQL, and so belong to a transaction. */
    private static final int SETTINGS_OF_SERVER =
            ((1 << SETTINGS.length) - 1) & ~Setting.AUTO_COMMIT.bit() & ~Setting.NETWORK_TIMEOUT.bit();

    final java.sql.Connection raw;
    private final SessionConnector connector;

    /** How the whole session is given the state of a new one; null where only settings are restored. */
    private final @Nullable FullReset fullReset;

    private final Baseline baseline;
    private final NetworkLimit network;
    private final WriteMarks marks = new WriteMarks();
    private final int statementSeconds;
    private boolean autoCommit;
    private boolean readOnly;

    /** The bits of the settings that were changed, and those above: all that a return has to look at. */
    private int dirt;

    // What its holder does, told without a fence: whoever asks from another thread gets what was so a moment ago.

    private @Nullable String sql;
    private boolean running;
    private long uses;

    /** The text that was looked at last, and what it showed: programs run the same objects of text again and again. */
    private @Nullable String lookedAt;

    private int signsSeen;

    JdbcSession(java.sql.Connection raw, SessionConnector connector, @Nullable FullReset fullReset)
            throws SQLException {
        this.raw = raw;
        this.connector = connector;
        this.fullReset = fullReset;
        this.network = new NetworkLimit(raw);
        this.statementSeconds = connector.statementSeconds();
        this.baseline = new Baseline(raw, connector);
        this.autoCommit = baseline.isAutoCommit();
        this.readOnly = connector.defaults().isReadOnly();
    }

    /**
     * The driver's own connection. From then on any of its settings may be changed: on return each is looked at.
     *
     * @throws IllegalArgumentException if there is none of that type
     */
    @Override
    public <T> T unwrap(Class<T> type) {
        if (type == JdbcSession.class) {
            return type.cast(this);
        }
        try {
            return expose(type);
        } catch (SQLException refused) {
            throw new IllegalArgumentException(
                    "type must be one that " + raw.getClass().getName() + " has, was " + type.getName(), refused);
        }
    }

    <T> T expose(Class<T> type) throws SQLException {
        T found = type.isInstance(raw) ? type.cast(raw) : raw.unwrap(type);
        exposed();
        return found;
    }

    /** Its holder has an object of the driver's, through which all may be changed. */
    void exposed() throws SQLException {
        boolean begun = is(IN_TRANSACTION) || is(BEGUN_BY_SQL);
        unlimited();
        expose(Setting.NETWORK_TIMEOUT, begun);
        asks();
        int known = baseline.size();
        for (Setting setting : SETTINGS) {
            expose(setting, begun);
        }
        if (known != baseline.size() && !begun && !raw.getAutoCommit()) {
            raw.rollback(); // to ask has begun a transaction, in which not everything can be set
        }
        unlimited();
        dirt |= EXPOSED | IN_TRANSACTION | TOUCHED | AUTO_COMMIT_ELSEWHERE;
    }

    private void expose(Setting setting, boolean begun) throws SQLException {
        try {
            connector.requireChangeable(setting);
            if (begun && !baseline.knows(setting) && connector.isOfTransaction(setting)) {
                connector.learnsEarly();
                dirt |= fullReset == null ? UNKNOWN : 0;
            } else {
                baseline.learn(setting);
            }
        } catch (SQLFeatureNotSupportedException without) {
            // What the driver does not have, nobody can change; what a pooler shares, nobody may restore.
        }
    }

    /** Asks for what cannot be told within a transaction, before there is one. */
    void learnEarly() throws SQLException {
        for (Setting setting : SETTINGS) {
            if (connector.isOfTransaction(setting)) {
                expose(setting, false);
            }
        }
        if (!raw.getAutoCommit()) {
            raw.rollback();
        }
    }

    // ---- for the wrappers

    /** The driver's connection, for something that may ask the server, leave a warning or begin a transaction. */
    java.sql.Connection asked() throws SQLException {
        asks();
        runs();
        return raw;
    }

    /** Something follows for which the driver may ask the server: within a deadline it waits no longer than that leaves. */
    void asks() throws SQLException {
        Deadline deadline = Deadline.current();
        if (deadline.isLimited()) {
            limit(millisToAnswer(deadline));
        } else {
            unlimited();
        }
    }

    /** What is still to be done after the deadline is to clean up. */
    private int millisToAnswer(Deadline deadline) {
        return deadline.isExpired() ? connector.cleanUpMillis() : deadline.remainingMillis(Integer.MAX_VALUE);
    }

    /** {@code wanted}, where 0 is for no end, or what the deadline leaves if that is less, rounded up. */
    int secondsToAnswer(int wanted) {
        Deadline deadline = Deadline.current();
        if (!deadline.isLimited()) {
            return wanted;
        }
        int left = (int) ((millisToAnswer(deadline) + 999L) / 1_000);
        return wanted == 0 ? left : Math.min(wanted, left);
    }

    /** Its driver was asked for a sign of life, and there was none. */
    void gaveNoSign() {
        dirt |= BROKEN;
    }

    /** What follows waits for an answer of the server no longer than so, or as its holder wants it if that is less. */
    void limit(int millis) throws SQLException {
        dirt |= LIMITED | TOUCHED; // so that this ends with the wrapper
        network.set(millis);
    }

    /** What follows has no deadline. */
    void unlimited() throws SQLException {
        if (is(LIMITED)) {
            dirt &= ~LIMITED;
            network.lift();
        }
    }

    int networkTimeout() throws SQLException {
        return network.own();
    }

    void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        unlimited();
        willChange(Setting.NETWORK_TIMEOUT);
        raw.setNetworkTimeout(executor, milliseconds);
    }

    /** The holder gets an object of the driver's that may write without the wrappers' knowing. */
    void givesLob() {
        dirt |= LOB_GIVEN | TOUCHED;
    }

    /** Something runs on one of its statements. */
    void runs() {
        dirt |= autoCommit && !is(AUTO_COMMIT_ELSEWHERE) ? TOUCHED : TOUCHED | IN_TRANSACTION;
    }

    /** A statement begins to run; {@link #ran} follows. Its text is null for a batch of several. */
    void begins(@Nullable String text) {
        runs();
        uses++;
        running = true;
        String shown = text == null ? BATCH : text;
        if (sql != shown) { // a store into an old object costs the collector's barrier, a look does not
            sql = shown;
        }
        look(shown);
        if (Footprint.current() == null) {
            dirt |= UNREAD;
        } else {
            marks.begins(shown, commitsByItself());
        }
    }

    /** A transaction that SQL began may have been ended by SQL. */
    private boolean commitsByItself() {
        return autoCommit || is(AUTO_COMMIT_ELSEWHERE);
    }

    /** Rows are written otherwise than by a statement. */
    java.sql.Connection written() throws SQLException {
        marks.writes(commitsByItself());
        return asked();
    }

    /** A statement will run. */
    void look(String text) {
        if (lookedAt != text) {
            signsSeen = SqlSigns.of(text);
            lookedAt = text;
        }
        int signs = signsSeen;
        if (signs != SqlSigns.NONE) {
            dirt |= ((signs & SqlSigns.READ_ONLY) != 0 ? READ_ONLY_BY_SQL : 0)
                    | ((signs & SqlSigns.BEGINS) != 0 ? BEGUN_BY_SQL : 0)
                    | ((signs & SqlSigns.AUTO_COMMIT) != 0 ? AUTO_COMMIT_ELSEWHERE | BEGUN_BY_SQL | IN_TRANSACTION : 0);
        }
    }

    /** The statement has ended. */
    void ran() {
        running = false;
        marks.ended();
    }

    /** {@inheritDoc} Its text has no literals and no comments, is in one line and cut off where it is long. */
    @Override
    public Optional<Activity> activity() {
        String text = sql;
        return text == null
                ? Optional.empty()
                : Optional.of(new Activity(SqlDigest.of(text, connector.doubleQuotesText()), running, uses));
    }

    /** A statement was opened: it ends by itself, where the pool says when. */
    void limit(StatementWrapper statement) throws SQLException {
        if (statementSeconds > 0) {
            statement.setQueryTimeout(statementSeconds);
        }
    }

    /** Tells the driver that a holder begins, where the pool was asked to. */
    void beginRequest() throws SQLException {
        dirt |= IN_REQUEST;
        raw.beginRequest();
    }

    private boolean is(int bit) {
        return (dirt & bit) != 0;
    }

    boolean isAutoCommit() throws SQLException {
        if (is(AUTO_COMMIT_ELSEWHERE)) {
            autoCommit = raw.getAutoCommit();
        }
        return autoCommit;
    }

    void setAutoCommit(boolean wanted) throws SQLException {
        if (wanted == isAutoCommit()) {
            raw.setAutoCommit(wanted); // SQL that was not seen may have changed it
        } else {
            if (is(IN_TRANSACTION)) {
                OwnRefusal.Late.throwIfPast(Deadline.current()); // it commits
            }
            willChange(Setting.AUTO_COMMIT);
            raw.setAutoCommit(wanted);
            autoCommit = wanted;
            committed();
            if (wanted == baseline.isAutoCommit()) {
                dirt &= ~Setting.AUTO_COMMIT.bit();
            }
        }
    }

    void commit() throws SQLException {
        OwnRefusal.Late.throwIfPast(Deadline.current());
        raw.commit();
        committed();
    }

    void rollback() throws SQLException {
        raw.rollback();
        marks.rolledBack();
        transactionEnded();
    }

    /** A transaction was, or the driver did so by the way. Of what was not read, it may have written. */
    private void committed() {
        marks.committed(is(UNREAD) && is(IN_TRANSACTION));
        transactionEnded();
    }

    /** What may write by itself may have begun another before anybody sees it. */
    private void transactionEnded() {
        dirt &= is(LOB_GIVEN) ? ~UNREAD : ~(UNREAD | IN_TRANSACTION);
    }

    /** Whether a change of auto-commit would commit something. */
    boolean mayBeInTransaction() {
        return is(IN_TRANSACTION);
    }

    void set(Setting setting, @Nullable Object value) throws SQLException {
        willChange(setting);
        setting.set(raw, value);
        if (setting == Setting.READ_ONLY) {
            readOnly = Boolean.TRUE.equals(value);
        }
    }

    /** Notes that a setting is about to change, and what it was before the first time. */
    void willChange(Setting setting) throws SQLException {
        connector.requireChangeable(setting);
        note(setting);
    }

    private void note(Setting setting) throws SQLException {
        baseline.learn(setting);
        dirt |= setting.bit();
    }

    void failed(Lease<JdbcSession> lease, SQLException failure, Phase phase) {
        if (isReadOnlyByCaller(failure)) {
            ReadOnlyByCaller.mark(failure);
        }
        boolean inParts = running && mayBeAppliedInParts(failure);
        if (inParts) {
            AppliedInParts.mark(failure);
        }
        Verdict verdict = connector.judge(lease, failure, phase);
        if (verdict.connection() != ConnectionFate.KEEP) {
            dirt |= BROKEN;
        }
        switch (verdict.call()) {
            case COMMIT_UNKNOWN -> marks.committed(true);
            case NOT_EXECUTED, ROLLED_BACK, PERMANENT -> {
                if (!inParts) {
                    marks.undone();
                }
            }
            case UNKNOWN -> {}
        }
    }

    private boolean mayBeAppliedInParts(SQLException failure) {
        String text = sql;
        return commitsByItself()
                && (failure instanceof BatchUpdateException || text != null && SqlTraits.mayBeAppliedInParts(text));
    }

    boolean isBroken() {
        return is(BROKEN);
    }

    /** A server that refuses to write although nobody asked it to be read-only is no longer the one that it was. */
    private boolean isReadOnlyByCaller(SQLException failure) {
        if (readOnly || is(READ_ONLY_BY_SQL)) {
            return true;
        }
        try {
            return READ_ONLY_TRANSACTION.equals(failure.getSQLState()) && raw.isReadOnly();
        } catch (SQLException gone) {
            return false;
        }
    }

    boolean mayHaveWarnings() {
        return is(TOUCHED);
    }

    /** The wrapper ends after something was done with it. */
    void clearWarnings() {
        sql = null;
        running = false;
        if (fullReset != null) {
            return; // which does that too
        }
        try {
            unlimited();
            dirt &= ~LIGHT;
            raw.clearWarnings();
        } catch (SQLException gone) {
            dirt |= BROKEN;
        }
    }

    // ---- for the connector

    boolean needsReset() {
        return fullReset == null ? (dirt & ~LIGHT) != 0 : dirt != 0;
    }

    /** Rolls back what is open and restores what was changed; where the pool is told to, all of the session. */
    void reset(Deadline deadline) throws SQLException {
        if (is(BROKEN)) {
            throw new SQLException("the connection is broken", "08006");
        }
        if (is(UNKNOWN)) {
            throw new SQLException(
                    "the driver's own connection was had within a transaction, where its settings of before"
                            + " cannot be told: it is replaced by one of which they are known");
        }
        boolean full = fullReset != null && (dirt & ~IN_REQUEST) != 0;
        unlimited();
        limitNetworkTime(deadline);
        rollBack();
        if (full || (dirt & (SETTINGS_OF_SERVER | EXPOSED)) != 0) {
            restoreSettings(full);
        }
        boolean standard = baseline.isAutoCommit();
        // Connector/J does not see that SQL has turned it off.
        if (raw.getAutoCommit() != standard || is(AUTO_COMMIT_ELSEWHERE)) {
            raw.setAutoCommit(standard);
        }
        if (is(IN_REQUEST)) {
            raw.endRequest();
        }
        raw.clearWarnings();
        if (is(Setting.NETWORK_TIMEOUT.bit())) {
            baseline.restore(Setting.NETWORK_TIMEOUT);
        }
        dirt = 0;
        marks.rolledBack();
        autoCommit = standard;
        readOnly = connector.defaults().isReadOnly();
    }

    private void rollBack() throws SQLException {
        if (!raw.getAutoCommit()) {
            if (is(IN_TRANSACTION) || is(LOB_GIVEN)) {
                raw.rollback();
            }
        } else if (is(BEGUN_BY_SQL)) {
            try (Statement statement = raw.createStatement()) {
                statement.execute("ROLLBACK");
            }
        }
    }

    /** In auto-commit mode: what is set within a transaction, the next holder's rollback would undo. */
    private void restoreSettings(boolean full) throws SQLException {
        if (!raw.getAutoCommit()) {
            raw.setAutoCommit(true);
        }
        for (Setting setting : SETTINGS) {
            if (setting == Setting.AUTO_COMMIT || setting == Setting.NETWORK_TIMEOUT) {
                continue; // which come last
            }
            if (is(setting.bit())) {
                baseline.restore(setting);
            } else if (is(EXPOSED)) {
                baseline.restoreIfChanged(setting);
            }
        }
        if (full && fullReset != null) {
            fullReset.reset(raw);
            connector.prepare(raw);
        }
    }

    private void limitNetworkTime(Deadline deadline) throws SQLException {
        try {
            note(Setting.NETWORK_TIMEOUT);
            raw.setNetworkTimeout(Runnable::run, deadline.remainingMillis(Integer.MAX_VALUE));
        } catch (SQLFeatureNotSupportedException | AbstractMethodError without) {
            dirt &= ~Setting.NETWORK_TIMEOUT.bit(); // the engine aborts it instead
        }
    }

    @Override
    public String toString() {
        return "JdbcSession[" + raw.getClass().getSimpleName() + (is(BROKEN) ? ", broken]" : "]");
    }
}
