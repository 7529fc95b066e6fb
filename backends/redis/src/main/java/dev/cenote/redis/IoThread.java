package dev.cenote.redis;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;

/** A thread of Lettuce's that serves connections: whoever blocks it may be waiting for what only it can bring. */
final class IoThread extends FastThreadLocalThread {
    private IoThread(Runnable task, String name) {
        super(task, name);
    }

    static ThreadFactory factory(String name) {
        return new DefaultThreadFactory(name, true) {
            @Override
            protected Thread newThread(Runnable task, String threadName) {
                return new IoThread(task, threadName);
            }
        };
    }

    /**
     * Lets {@code what} block the current thread.
     *
     * @throws IllegalStateException if it serves connections
     */
    static void admitBlocking(String what) {
        if (Thread.currentThread() instanceof IoThread) {
            throw new IllegalStateException(
                    what + " must not block " + Thread.currentThread().getName()
                            + ", which serves connections: use executeAsync, or give the callback an executor, as"
                            + " thenApplyAsync does");
        }
    }
}
