package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the driver's, and what is known of its session: what each setting was before somebody changed it, what
 * was changed, and whether a transaction may be open. Used by one holder at a time.
 */
public final class JdbcSession implements Connection {
    private static final Setting[] SETTINGS = Setting.values();

    /** Something was done that may have left a warning. */
    private static final int TOUCHED = 1 << 29;
    /** A transaction may be open. */
    private static final int IN_TRANSACTION = 1 << 30;
    /** It must not be used again. */
    private static final int BROKEN = 1 << 31;

    final java.sql.Connection raw;
    private final SessionConnector connector;

    /** What the settings were, as far as {@link #known}. */
    private final @Nullable Object[] baseline = new Object[SETTINGS.length];

    private int known;
    private boolean autoCommit;

    /** The bits of the settings that were changed, and those above: all that a return has to look at. */
    private int dirt;

    JdbcSession(java.sql.Connection raw, SessionConnector connector) throws SQLException {
        this.raw = raw;
        this.connector = connector;
        connector.defaults().apply(raw);
        this.autoCommit = raw.getAutoCommit();
        baseline[Setting.AUTO_COMMIT.ordinal()] = autoCommit;
        known = Setting.AUTO_COMMIT.bit();
    }

    /**
     * The driver's own connection. From then on it counts as changed in all its settings.
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
        for (Setting setting : SETTINGS) {
            try {
                willChange(setting);
            } catch (SQLFeatureNotSupportedException without) {
                // What the driver does not have, nobody can change.
            }
        }
        dirt |= IN_TRANSACTION | TOUCHED;
        return found;
    }

    // ---- for the wrappers

    /** The driver's connection, for something that may leave a warning or begin a transaction. */
    java.sql.Connection touched() {
        runs();
        return raw;
    }

    /** Something runs on one of its statements. */
    void runs() {
        dirt |= autoCommit ? TOUCHED : TOUCHED | IN_TRANSACTION;
    }

    private boolean is(int bit) {
        return (dirt & bit) != 0;
    }

    boolean isAutoCommit() {
        return autoCommit;
    }

    void setAutoCommit(boolean wanted) throws SQLException {
        if (wanted != autoCommit) {
            willChange(Setting.AUTO_COMMIT);
            raw.setAutoCommit(wanted);
            autoCommit = wanted;
            dirt &= ~IN_TRANSACTION; // the driver has committed
            if (Boolean.valueOf(wanted).equals(baseline[Setting.AUTO_COMMIT.ordinal()])) {
                dirt &= ~Setting.AUTO_COMMIT.bit();
            }
        }
    }

    void commit() throws SQLException {
        raw.commit();
        dirt &= ~IN_TRANSACTION;
    }

    void rollback() throws SQLException {
        raw.rollback();
        dirt &= ~IN_TRANSACTION;
    }

    void set(Setting setting, @Nullable Object value) throws SQLException {
        willChange(setting);
        setting.set(raw, value);
    }

    /** Notes that a setting is about to change, and what it was before the first time. */
    void willChange(Setting setting) throws SQLException {
        int bit = setting.bit();
        if ((known & bit) == 0) {
            baseline[setting.ordinal()] = setting.get(raw);
            known |= bit;
        }
        dirt |= bit;
    }

    void failed(Lease<JdbcSession> lease, SQLException failure) {
        if (connector.judge(lease, failure)) {
            dirt |= BROKEN;
        }
    }

    boolean mayHaveWarnings() {
        return is(TOUCHED);
    }

    void clearWarnings() {
        dirt &= ~TOUCHED;
        try {
            raw.clearWarnings();
        } catch (SQLException gone) {
            dirt |= BROKEN;
        }
    }

    // ---- for the connector

    boolean needsReset() {
        return dirt != 0 && dirt != TOUCHED;
    }

    /** Rolls back what is open and restores what was changed. */
    void reset(Deadline deadline) throws SQLException {
        if (is(BROKEN)) {
            throw new SQLException("the connection is broken", "08006");
        }
        limitNetworkTime(deadline);
        if (is(IN_TRANSACTION) && !raw.getAutoCommit()) {
            raw.rollback();
        }
        for (Setting setting : SETTINGS) {
            if (is(setting.bit())) {
                setting.set(raw, baseline[setting.ordinal()]);
            }
        }
        raw.clearWarnings();
        dirt = 0;
        autoCommit = Boolean.TRUE.equals(baseline[Setting.AUTO_COMMIT.ordinal()]);
    }

    private void limitNetworkTime(Deadline deadline) throws SQLException {
        try {
            willChange(Setting.NETWORK_TIMEOUT);
            raw.setNetworkTimeout(Runnable::run, deadline.remainingMillis(Integer.MAX_VALUE));
        } catch (SQLFeatureNotSupportedException | AbstractMethodError without) {
            dirt &= ~Setting.NETWORK_TIMEOUT.bit(); // the keeper aborts it instead
        }
    }

    @Override
    public String toString() {
        return "JdbcSession[" + raw.getClass().getSimpleName() + (is(BROKEN) ? ", broken]" : "]");
    }
}
