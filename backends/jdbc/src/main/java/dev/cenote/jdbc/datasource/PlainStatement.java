package dev.cenote.jdbc.datasource;

import java.sql.Statement;

/** A statement of a wrapped connection that nothing was prepared for. */
final class PlainStatement extends StatementWrapper {
    private final Statement raw;

    PlainStatement(ConnectionWrapper connection, Statement raw) {
        super(connection, null);
        this.raw = raw;
    }

    @Override
    Statement raw() {
        return raw;
    }
}
