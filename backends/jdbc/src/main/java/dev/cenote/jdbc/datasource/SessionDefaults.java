package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** The settings that a new connection gets; what is not among them is as the driver has it. Immutable. */
record SessionDefaults(Map<Setting, Object> values) {
    SessionDefaults {
        values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
    }

    void apply(Connection raw) throws SQLException {
        for (Map.Entry<Setting, Object> each : values.entrySet()) {
            each.getKey().set(raw, each.getValue());
        }
    }
}
