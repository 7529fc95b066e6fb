package dev.cenote.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done once the pool's lock was let go. Nearly always it is one waiter to be woken, which is why that needs no
 * list. All is done, the rest also when one throws: each is somebody's connection or wake-up.
 */
final class After {
    private @Nullable Waiter<?> woken;
    private @Nullable List<Runnable> actions;

    void wake(Waiter<?> waiter) {
        if (woken == null) {
            woken = waiter;
        } else {
            add(waiter::wake);
        }
    }

    void add(Runnable action) {
        if (actions == null) {
            actions = new ArrayList<>(4);
        }
        actions.add(action);
    }

    void run() {
        Throwable first = woken == null ? null : thrownBy(woken::wake);
        if (actions != null) {
            for (Runnable action : actions) {
                Throwable thrown = thrownBy(action);
                first = first == null ? thrown : first;
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }

    private static @Nullable Throwable thrownBy(Runnable action) {
        try {
            action.run();
            return null;
        } catch (Throwable thrown) { // also an OutOfMemoryError, as when no thread can be made
            return thrown;
        }
    }
}
