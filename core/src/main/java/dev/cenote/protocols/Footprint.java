package dev.cenote.protocols;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call of several steps has written anything so far. The verdict on an error speaks of the step that failed; that
 * this one never ran does not make it safe to run again those before it.
 *
 * <p>What is asked of pools leaves its mark on the footprint of the {@link #call} that the asking thread is in, as soon as it
 * has written, or may have, what must not be written twice. A transaction does when it commits. What other threads ask for
 * leaves none, nor does what is done through a driver's own objects.
 *
 * <p>Thread-safe.
 */
public final class Footprint {
    private static final ThreadLocal<@Nullable Footprint> CURRENT = new ThreadLocal<>();

    /** True once any thread has used {@link #call}; plain, as a thread that is in one has set this itself. */
    private static boolean anyCurrent;

    private final @Nullable Footprint outer = current();
    private volatile boolean written;

    /** An empty one, within that of the call that this thread is in. */
    public Footprint() {}

    /** That of the call that this thread is in; null if it is in none. */
    public static @Nullable Footprint current() {
        return anyCurrent ? CURRENT.get() : null;
    }

    /** Makes {@code call}, whose steps on this thread leave their marks here. */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        Footprint before = enter(this);
        try {
            return call.call();
        } finally {
            enter(before);
        }
    }

    /** As {@link #call}, of what only begins here and throws nothing checked. */
    public <T extends @Nullable Object> T start(Supplier<T> call) {
        Footprint before = enter(this);
        try {
            return call.get();
        } finally {
            enter(before);
        }
    }

    /** As {@link #call}, of what gives nothing. */
    public void run(Runnable call) {
        Footprint before = enter(this);
        try {
            call.run();
        } finally {
            enter(before);
        }
    }

    private static @Nullable Footprint enter(@Nullable Footprint next) {
        Footprint before = current();
        if (next == null) {
            CURRENT.remove();
        } else {
            anyCurrent = true;
            CURRENT.set(next);
        }
        return before;
    }

    /** Notes that something was written, here and in the calls round this one. */
    public void write() {
        for (Footprint at = this; at != null; at = at.outer) {
            at.written = true;
        }
    }

    /** True if something was written. */
    public boolean hasWritten() {
        return written;
    }
}
