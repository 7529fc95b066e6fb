package dev.cenote.spring;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;

/**
 * Takes pools that are closed out of the registry, whoever closes them: else the application's health would be down for
 * good, and no pool of that name could follow.
 */
final class ClosedPools {
    private final PoolRegistry registry;

    ClosedPools(PoolRegistry registry) {
        this.registry = registry;
        registry.onRegister(this::follow);
    }

    private void follow(Pool<?> pool) {
        pool.addListener(new Leave(registry, pool));
        if (pool.stats().state() == PoolState.CLOSED) { // before it was listened to
            registry.unregister(pool);
        }
    }

    private record Leave(PoolRegistry registry, Pool<?> pool) implements PoolListener {
        @Override
        public void onEvent(PoolEvent event) {
            // and not the pool of a node, which leaves its cluster
            if (event instanceof PoolEvent.PoolClosed closed && closed.pool().equals(pool.name())) {
                registry.unregister(pool);
            }
        }

        @Override
        public boolean wantsAcquires() {
            return false;
        }

        /** A pool of the same name may follow at once. */
        @Override
        public boolean isDirect() {
            return true;
        }
    }
}
