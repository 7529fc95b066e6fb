package dev.cenote.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row at hand, for a {@link RowMapper}. Columns go by their label or by their number, counted from 1. The getters of
 * primitive types refuse NULL, which JDBC's own turn into zero; {@link #get} gives null for it. Valid during the call of
 * the mapper only.
 *
 * <p>Each getter throws the driver's {@link SQLException} if there is no such column or its value is of another type.
 */
public final class Row {
    /** Value error: NULL where none may be, in the words of the SQL standard. */
    private static final String NULL_NOT_ALLOWED = "22004";

    private static final int UUID_BYTES = 16;

    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** The text, or null. */
    public @Nullable String getString(String column) throws SQLException {
        return result.getString(column);
    }

    /** The text, or null. */
    public @Nullable String getString(int column) throws SQLException {
        return result.getString(column);
    }

    /** The number. Throws {@link SQLDataException} if it is NULL. */
    public int getInt(String column) throws SQLException {
        return notNull(result.getInt(column), column);
    }

    /** The number. Throws {@link SQLDataException} if it is NULL. */
    public int getInt(int column) throws SQLException {
        return notNull(result.getInt(column), column);
    }

    /** The number. Throws {@link SQLDataException} if it is NULL. */
    public long getLong(String column) throws SQLException {
        return notNull(result.getLong(column), column);
    }

    /** The number. Throws {@link SQLDataException} if it is NULL. */
    public long getLong(int column) throws SQLException {
        return notNull(result.getLong(column), column);
    }

    /** The number. Throws {@link SQLDataException} if it is NULL. */
    public double getDouble(String column) throws SQLException {
        return notNull(result.getDouble(column), column);
    }

    /** The number. Throws {@link SQLDataException} if it is NULL. */
    public double getDouble(int column) throws SQLException {
        return notNull(result.getDouble(column), column);
    }

    /** The truth value. Throws {@link SQLDataException} if it is NULL. */
    public boolean getBoolean(String column) throws SQLException {
        return notNull(result.getBoolean(column), column);
    }

    /** The truth value. Throws {@link SQLDataException} if it is NULL. */
    public boolean getBoolean(int column) throws SQLException {
        return notNull(result.getBoolean(column), column);
    }

    /** The decimal, or null. */
    public @Nullable BigDecimal getBigDecimal(String column) throws SQLException {
        return result.getBigDecimal(column);
    }

    /** The decimal, or null. */
    public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
        return result.getBigDecimal(column);
    }

    /** The bytes, or null. */
    public byte @Nullable [] getBytes(String column) throws SQLException {
        return result.getBytes(column);
    }

    /** The bytes, or null. */
    public byte @Nullable [] getBytes(int column) throws SQLException {
        return result.getBytes(column);
    }

    /** The value as {@code type}, or null. See {@link #get(int, Class)}. */
    public <T> @Nullable T get(String column, Class<T> type) throws SQLException {
        return get(result.findColumn(column), type);
    }

    /**
     * The value as {@code type}, or null: what the driver's {@link ResultSet#getObject(int, Class)} gives, and {@link
     * Instant} and {@link UUID} with every driver.
     */
    public <T> @Nullable T get(int column, Class<T> type) throws SQLException {
        if (type == Instant.class) {
            Timestamp timestamp = result.getTimestamp(column);
            return timestamp == null ? null : type.cast(timestamp.toInstant());
        }
        if (type == UUID.class) {
            Object value = result.getObject(column);
            return value == null ? null : type.cast(uuid(value));
        }
        return result.getObject(column, type);
    }

    /** The driver's result set, which stands at this row and must not be moved. */
    public ResultSet resultSet() {
        return result;
    }

    private static UUID uuid(Object value) throws SQLException {
        if (value instanceof UUID uuid) {
            return uuid;
        }
        if (value instanceof byte[] bytes && bytes.length == UUID_BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        try {
            return UUID.fromString(value.toString());
        } catch (IllegalArgumentException malformed) {
            throw new SQLDataException(
                    "value must be a UUID, was a " + value.getClass().getName(), malformed);
        }
    }

    private <T> T notNull(T value, Object column) throws SQLException {
        if (result.wasNull()) {
            throw new SQLDataException(
                    "column " + column + " must not be NULL to be read as a primitive; get(column, type) gives null",
                    NULL_NOT_ALLOWED);
        }
        return value;
    }
}
