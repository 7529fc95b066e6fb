package dev.cenote.jdbc.datasource;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is open on a wrapped connection and ends with it: a link of the connection's list. */
abstract class OpenChild {
    @Nullable
    OpenChild previous;

    @Nullable
    OpenChild next;

    /** Closes it because its connection is; what the driver says to that, if anything. */
    abstract @Nullable SQLException closeWithConnection();
}
