package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.Executor;

/**
 * How long the driver waits for each answer of the server: as long as the connection's holder has set, and within a deadline
 * no longer than that leaves. Nothing where the driver has no network time-out. Costs no round trip. Used by the holder's
 * thread.
 */
final class NetworkLimit {
    private static final Executor AT_ONCE = Runnable::run;

    private final Connection raw;
    private boolean supported = true;

    /** Whether the driver now has another than the holder's. */
    private boolean set;

    /** The holder's, while {@link #set}. */
    private int own;

    NetworkLimit(Connection raw) {
        this.raw = raw;
    }

    /** What follows ends after so long, or earlier if the holder wants it so. */
    void set(int millis) throws SQLException {
        if (!supported) {
            return;
        }
        try {
            if (!set) {
                own = raw.getNetworkTimeout();
            }
            raw.setNetworkTimeout(AT_ONCE, own == 0 ? millis : Math.min(own, millis));
            set = true;
        } catch (SQLFeatureNotSupportedException | AbstractMethodError without) {
            supported = false;
        }
    }

    /** Gives the driver back what the holder had set. */
    void lift() throws SQLException {
        if (set) {
            set = false;
            raw.setNetworkTimeout(AT_ONCE, own);
        }
    }

    /** What the holder has set. */
    int own() throws SQLException {
        return set ? own : raw.getNetworkTimeout();
    }
}
