package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Deadline;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;

/** Marks an exception that a wrapper throws before it asks the driver: it says nothing of the connection. */
interface OwnRefusal {
    /** The connection was closed by its user: connection does not exist, in the words of the SQL standard. */
    final class ConnectionClosed extends SQLNonTransientConnectionException implements OwnRefusal {
        private static final long serialVersionUID = 1L;

        ConnectionClosed() {
            super("connection is closed", "08003");
        }
    }

    /** The statement was closed by its user: function sequence error, in the words of the SQL standard. */
    final class StatementClosed extends SQLException implements OwnRefusal {
        private static final long serialVersionUID = 1L;

        StatementClosed() {
            super("statement is closed", "HY010");
        }
    }

    /** The deadline of the call in which a statement or a commit was to run had passed. */
    final class Late extends SQLTimeoutException implements OwnRefusal {
        private static final long serialVersionUID = 1L;

        Late() {
            super("nothing was sent: the deadline had passed", "HYT00");
        }

        static void throwIfPast(Deadline deadline) throws Late {
            if (deadline.isExpired()) {
                throw new Late();
            }
        }
    }

    /** What may not be done behind a pooler that gives each transaction another session of the server. */
    final class BehindPooler extends SQLFeatureNotSupportedException implements OwnRefusal {
        private static final long serialVersionUID = 1L;

        BehindPooler(String what, String instead) {
            super(what + " would change a server session that PgBouncer gives to others: " + instead, "0A000");
        }
    }
}
