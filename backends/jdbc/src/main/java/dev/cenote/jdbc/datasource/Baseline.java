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

    /** Asks for what it is, unless that is known. */
    void learn(Setting setting) throws SQLException {
        if ((known & setting.bit()) == 0) {
            values[setting.ordinal()] = connector.value(setting, raw);
            known |= setting.bit();
        }
    }

    void restore(Setting setting) throws SQLException {
        connector.restore(setting, raw, values[setting.ordinal()]);
    }

    /** Most are kept by the driver, so that to look costs less than to set. */
    void restoreIfChanged(Setting setting) throws SQLException {
        boolean isKnown = (known & setting.bit()) != 0;
        if (isKnown && !Objects.equals(connector.value(setting, raw), values[setting.ordinal()])) {
            restore(setting);
        }
    }
}
