package dev.cenote.jdbc;

import java.sql.SQLDataException;

/** A query that should give one row gave more. */
public final class TooManyRowsException extends SQLDataException {
    private static final long serialVersionUID = 1L;

    /** Cardinality violation, in the words of the SQL standard. */
    private static final String STATE = "21000";

    TooManyRowsException() {
        super("the query must give at most one row, gave more", STATE);
    }
}
