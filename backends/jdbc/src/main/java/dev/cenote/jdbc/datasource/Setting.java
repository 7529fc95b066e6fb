package dev.cenote.jdbc.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A setting of a connection that a holder may change, and that is restored when the connection is returned. */
enum Setting {
    AUTO_COMMIT(Connection::getAutoCommit, (raw, value) -> raw.setAutoCommit((Boolean) as(value))),
    READ_ONLY(Connection::isReadOnly, (raw, value) -> raw.setReadOnly((Boolean) as(value))),
    ISOLATION(Connection::getTransactionIsolation, (raw, value) -> raw.setTransactionIsolation((Integer) as(value))),
    HOLDABILITY(Connection::getHoldability, (raw, value) -> raw.setHoldability((Integer) as(value))),
    CATALOG(Connection::getCatalog, (raw, value) -> raw.setCatalog((String) value)),
    SCHEMA(Connection::getSchema, (raw, value) -> raw.setSchema((String) value)),
    NETWORK_TIMEOUT(
            Connection::getNetworkTimeout, (raw, value) -> raw.setNetworkTimeout(Runnable::run, (Integer) as(value))),
    @SuppressWarnings("unchecked") // what getTypeMap gave
    TYPE_MAP(Setting::copyOfTypeMap, (raw, value) -> raw.setTypeMap((Map<String, Class<?>>) value)),
    CLIENT_INFO(Setting::copyOfClientInfo, (raw, value) -> raw.setClientInfo((Properties) as(value)));

    /** How it is read. */
    private interface Getter {
        @Nullable
        Object get(Connection raw) throws SQLException;
    }

    /** How it is written. */
    private interface Setter {
        void set(Connection raw, @Nullable Object value) throws SQLException;
    }

    private final Getter getter;
    private final Setter setter;

    Setting(Getter getter, Setter setter) {
        this.getter = getter;
        this.setter = setter;
    }

    int bit() {
        return 1 << ordinal();
    }

    @Nullable
    Object get(Connection raw) throws SQLException {
        return getter.get(raw);
    }

    void set(Connection raw, @Nullable Object value) throws SQLException {
        setter.set(raw, value);
    }

    private static Object as(@Nullable Object value) throws SQLException {
        if (value == null) {
            throw new SQLException("the driver gave no value to restore");
        }
        return value;
    }

    /** The driver gives its own, which whoever asks for it changes before it is set. */
    static Map<String, Class<?>> copyOfTypeMap(Connection raw) throws SQLException {
        Map<String, Class<?>> map = raw.getTypeMap();
        return map == null ? new HashMap<>() : new HashMap<>(map);
    }

    /** The driver may go on to change the one that it gives. */
    private static Properties copyOfClientInfo(Connection raw) throws SQLException {
        var copy = new Properties();
        Properties info = raw.getClientInfo();
        if (info != null) {
            copy.putAll(info);
        }
        return copy;
    }
}
