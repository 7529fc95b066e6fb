package dev.cenote.jdbc;

import java.sql.SQLDataException;

/** A {@link RowMapper} threw something that was not the driver's; it is the cause. The connection is sound. */
public final class RowMappingException extends SQLDataException {
    private static final long serialVersionUID = 1L;

    /** Data exception, in the words of the SQL standard. */
    private static final String STATE = "22000";

    RowMappingException(long row, RuntimeException cause) {
        super("row " + row + " could not be mapped: " + cause, STATE, cause);
    }
}
