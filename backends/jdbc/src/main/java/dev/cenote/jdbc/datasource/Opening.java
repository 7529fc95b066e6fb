package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the preparation of a connection that takes longer than its connect may: what runs is cancelled on the server, so that
 * no session stays there, and then the connection is aborted, whether its driver has network time-outs or not.
 *
 * <p>One thread prepares; another, which lives only where time has run out, ends it. All state is under the monitor of this,
 * within which nothing blocks.
 */
final class Opening {
    /** Time for the server to take a cancel, and for the statement to end by it. */
    private static final long CANCEL_MILLIS = 500;

    private static final Executor OWN_THREAD = task -> {
        var thread = new Thread(task, "cenote-connect-timeout");
        thread.setDaemon(true);
        thread.start();
    };

    private final Connection raw;

    /** Done once nothing is to be ended any more, so that neither a thread nor a reference to the connection waits for it. */
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    private @Nullable Statement running;
    private boolean late;
    private boolean over;

    private Opening(Connection raw) {
        this.raw = raw;
    }

    /** {@code raw} is to be ready by {@code deadline}; {@link #end} must follow. */
    static Opening begin(Connection raw, Deadline deadline) {
        var opening = new Opening(raw);
        if (deadline.isLimited()) {
            opening.done
                    .orTimeout(deadline.remainingMillis(Integer.MAX_VALUE), TimeUnit.MILLISECONDS)
                    .whenComplete((ended, late) -> {
                        if (late != null) {
                            OWN_THREAD.execute(opening::cancel);
                        }
                    });
        }
        return opening;
    }

    /** Runs a statement that may take its time. */
    void run(Statement statement, String sql) throws SQLException {
        runs(statement);
        try {
            statement.execute(sql);
        } finally {
            runs(null);
        }
    }

    private synchronized void runs(@Nullable Statement statement) throws SQLException {
        if (statement != null) {
            requireInTime();
        }
        running = statement;
    }

    /** It is ready, and will not be ended any more. Throws if it was given up meanwhile. */
    synchronized void ready() throws SQLException {
        requireInTime();
        over = true; // at once, for it is given out
    }

    private void requireInTime() throws SQLException {
        if (late) {
            throw new SQLTimeoutException("the connection was not ready by its connect time-out", "08001");
        }
    }

    /** Whether its time has run out. */
    synchronized boolean isLate() {
        return late;
    }

    /** Nothing is to be ended any more. */
    void end() {
        synchronized (this) {
            over = true;
            running = null;
        }
        done.complete(null);
    }

    private void cancel() {
        Statement statement;
        synchronized (this) {
            if (over) {
                return;
            }
            late = true;
            statement = running;
        }
        if (statement == null) {
            abort();
            return;
        }
        CompletableFuture.delayedExecutor(CANCEL_MILLIS, TimeUnit.MILLISECONDS, OWN_THREAD)
                .execute(this::abort);
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException alreadyGone) {
            // It is aborted if it goes on.
        }
    }

    private void abort() {
        synchronized (this) {
            if (over) {
                return;
            }
        }
        SessionConnector.abortQuietly(raw);
    }
}
