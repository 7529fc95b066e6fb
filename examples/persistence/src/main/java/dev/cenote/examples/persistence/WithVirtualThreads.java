package dev.cenote.examples.persistence;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** A virtual thread for each task, and far fewer connections. */
public final class WithVirtualThreads {
    private WithVirtualThreads() {}

    /** {@code Executors.newVirtualThreadPerTaskExecutor()}, by reflection since this is compiled for 17; none before 21. */
    public static Optional<ExecutorService> virtualThreads() {
        try {
            var factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return Optional.of((ExecutorService) factory.invoke(null));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException before21) {
            return Optional.empty();
        }
    }

    /** The square of 12, {@code count} times, each computed by the database in a task of its own. */
    public static List<Integer> squares(DataSource source, ExecutorService tasks, int count)
            throws InterruptedException, ExecutionException {
        // begin tasks
        Callable<Integer> task = () -> square(source, 12); // waits for a connection without holding a carrier thread
        List<Future<Integer>> results = tasks.invokeAll(Collections.nCopies(count, task));
        // end tasks
        var squares = new ArrayList<Integer>();
        for (Future<Integer> result : results) {
            squares.add(result.get());
        }
        return squares;
    }

    private static int square(DataSource source, int number) throws SQLException {
        // begin task
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement("select cast(? as integer) * ?")) {
            select.setInt(1, number);
            select.setInt(2, number);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
        // end task
    }
}
