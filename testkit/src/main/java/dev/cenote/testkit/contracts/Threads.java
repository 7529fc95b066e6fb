package dev.cenote.testkit.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Threads of a test, whose failures are the test's. */
public final class Threads {
    private Threads() {}

    /** Runs {@code body} on a thread of its own. */
    static CompletableFuture<Void> start(Runnable body) {
        var done = new CompletableFuture<Void>();
        var thread = new Thread(() -> {
            try {
                body.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    /** Runs {@code body} on a virtual thread where the JVM has them (from 21 on), else on one of its own. */
    public static CompletableFuture<Void> startVirtual(Runnable body) {
        var done = new CompletableFuture<Void>();
        Runnable completing = () -> {
            try {
                body.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        };
        try {
            // By reflection, because the code is compiled for 17.
            var unused =
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, completing);
            return done;
        } catch (ReflectiveOperationException older) {
            return start(body);
        }
    }

    /** Runs {@code body} on as many threads, begun together, and waits for all. */
    static void run(int threads, IntConsumer body) throws Exception {
        var gate = new CountDownLatch(1);
        var running = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            running.add(start(() -> {
                try {
                    gate.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                body.accept(number);
            }));
        }
        gate.countDown();
        join(running);
    }

    static void join(List<CompletableFuture<Void>> running) throws Exception {
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(100, TimeUnit.SECONDS);
    }
}
