package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.PoolHooks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user's hooks. One that throws costs its connection and nothing else. */
final class Hooks {
    private static final System.Logger LOG = System.getLogger("dev.cenote.pool");

    private final String pool;
    private final @Nullable PoolHooks hooks;

    Hooks(String pool, Optional<PoolHooks> hooks) {
        this.pool = pool;
        this.hooks = hooks.orElse(null);
    }

    boolean areThere() {
        return hooks != null;
    }

    /** Whatever it throws counts as a failure to connect. */
    void afterConnect(Connection connection) throws Exception {
        if (hooks != null) {
            hooks.afterConnect(connection);
        }
    }

    boolean keepBeforeAcquire(Connection connection) {
        try {
            return hooks == null || hooks.beforeAcquire(connection);
        } catch (Throwable thrown) {
            return told("beforeAcquire", thrown);
        }
    }

    boolean keepAfterRelease(Connection connection) {
        try {
            return hooks == null || hooks.afterRelease(connection);
        } catch (Throwable thrown) {
            return told("afterRelease", thrown);
        }
    }

    private boolean told(String hook, Throwable thrown) {
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.log(System.Logger.Level.WARNING, "hook " + hook + " of pool " + pool + " threw", thrown);
        return false;
    }
}
