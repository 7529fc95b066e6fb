package dev.cenote.jdbc.datasource;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Opens, validates, resets and closes the connections of a data source. Thread-safe. */
final class SessionConnector implements Connector<JdbcSession> {
    /** Where connections come from. */
    interface Source {
        Connection connect() throws SQLException;
    }

    private final Source source;
    private final SessionDefaults defaults;
    private final Classifier classifier;
    private volatile @Nullable PoolEngine<JdbcSession> engine;

    SessionConnector(Source source, SessionDefaults defaults, Classifier classifier) {
        this.source = source;
        this.defaults = defaults;
        this.classifier = classifier;
    }

    /** The pool that is told of broken connections. Set once, before the first is given out. */
    void tell(PoolEngine<JdbcSession> pool) {
        engine = pool;
    }

    SessionDefaults defaults() {
        return defaults;
    }

    /** Has the pool do what the classifier says of a failure; true if the connection must not be used again. */
    boolean judge(Lease<JdbcSession> lease, SQLException failure) {
        Verdict verdict = classifier.classify(failure, Classifier.Phase.EXECUTE);
        PoolEngine<JdbcSession> pool = engine;
        if (verdict.connection() == ConnectionFate.KEEP) {
            return false;
        }
        if (pool != null) {
            pool.apply(lease, verdict);
        }
        return true;
    }

    @Override
    public JdbcSession open(Deadline deadline) throws SQLException {
        Connection raw = source.connect();
        try {
            return new JdbcSession(raw, this);
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(raw);
            throw failure;
        }
    }

    @Override
    public void validate(JdbcSession session, Deadline deadline) throws SQLException {
        int seconds = (deadline.remainingMillis(Integer.MAX_VALUE) + 999) / 1_000;
        if (!session.raw.isValid(Math.max(1, seconds))) {
            throw new SQLException("the connection gave no sign of life", "08006");
        }
    }

    @Override
    public boolean needsReset(JdbcSession session) {
        return session.needsReset();
    }

    @Override
    public void reset(JdbcSession session, Deadline deadline) throws SQLException {
        session.reset(deadline);
    }

    @Override
    public void close(JdbcSession session) {
        closeQuietly(session.raw);
    }

    private static void closeQuietly(Connection raw) {
        try {
            raw.close();
        } catch (SQLException | RuntimeException alreadyGone) {
            // Nothing is left to close.
        }
    }

    @Override
    public void abort(JdbcSession session) {
        try {
            session.raw.abort(command -> {
                var thread = new Thread(command, "cenote-abort");
                thread.setDaemon(true);
                thread.start();
            });
        } catch (SQLException | RuntimeException | AbstractMethodError alreadyGone) {
            // Nothing is left to abort.
        }
    }
}
