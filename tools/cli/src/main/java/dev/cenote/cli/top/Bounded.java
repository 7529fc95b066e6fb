package dev.cenote.cli.top;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls that may never return, each on a thread that does not keep the program alive. */
final class Bounded {
    private Bounded() {}

    /**
     * What the call returns, or throws. Blocks for the time-out at most; the call is interrupted then, and may go on all
     * the same.
     *
     * @throws TimeoutException if it has not ended by then
     */
    static <T> T call(Duration timeout, Callable<T> call) throws Exception {
        var task = new FutureTask<>(call);
        var thread = new Thread(task, "cenote-top-call");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception failure ? failure : failed;
        } finally {
            task.cancel(true);
        }
    }
}
