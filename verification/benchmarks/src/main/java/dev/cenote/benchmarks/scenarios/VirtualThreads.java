package dev.cenote.benchmarks.scenarios;

import java.lang.reflect.Method;

/** Virtual threads, on a JDK that has them, for code that is compiled for one that has not. */
final class VirtualThreads {
    private VirtualThreads() {}

    static boolean exist() {
        return Runtime.version().feature() >= 21;
    }

    /** A thread of that kind, started. */
    static Thread start(boolean virtual, Runnable task) {
        if (!virtual) {
            var thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) start.invoke(null, task);
        } catch (ReflectiveOperationException none) {
            throw new IllegalStateException("needs JDK 21", none);
        }
    }
}
