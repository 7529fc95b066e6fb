package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the settings of a session were before anybody changed them: each is asked for once, when that is about to happen. */
final class Baseline {
    private final Connection raw;
    private final SessionConnector connector;
    private final boolean autoCommit;
    private final @Nullable Object[] values = new Object[Setting.values().length];

    /** The bits of those that were asked for. */
    private int known;

    Baseline(Connection raw, SessionConnector connector) throws SQLException {
        this.raw = raw;
        this.connector = connector;
        this.autoCommit = raw.getAutoCommit();
    }

    boolean isAutoCommit() {
        return autoCommit;
    }

    boolean knows(Setting setting) {
        return (known & setting.bit()) != 0;
    }

    /** How many of them are known. */
    int size() {
        return Integer.bitCount(known);
    }

    /** Asks for what it is, unless that is known. */
    void learn(Setting setting) throws SQLException {
        if (!knows(setting)) {
            values[setting.ordinal()] = connector.value(setting, raw);
            known |= setting.bit();
        }
    }

    void restore(Setting setting) throws SQLException {
        connector.restore(setting, raw, values[setting.ordinal()]);
    }

    /** Most are kept by the driver, so that to look costs less than to set. */
    void restoreIfChanged(Setting setting) throws SQLException {
        if (knows(setting) && !Objects.equals(connector.value(setting, raw), values[setting.ordinal()])) {
            restore(setting);
        }
    }
}
