package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out whether the server serves: gets a connection, an old or a new one, and has it answer. An old one that does not
 * says nothing of the server, which may have been restarted: then the next is tried.
 */
final class Probe<C extends Connection> {
    private final PoolCore<C> core;
    private final Acquires<C> acquires;
    private final Deadline deadline;
    private final long startedNanos;
    private final CompletableFuture<Void> result = new CompletableFuture<>();

    Probe(PoolCore<C> core, Acquires<C> acquires, Deadline deadline) {
        this.core = core;
        this.acquires = acquires;
        this.deadline = deadline;
        this.startedNanos = core.clock.nanoTime();
    }

    CompletableFuture<Void> begin() {
        tryOne();
        return result;
    }

    private void tryOne() {
        CompletableFuture<Lease<C>> acquired = acquires.forProbe(deadline);
        result.whenComplete((done, failure) -> acquired.cancel(false));
        acquired.whenComplete((lease, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                ask((LeaseHandle<C>) lease);
            }
        });
    }

    private void ask(LeaseHandle<C> lease) {
        lease.markUntold();
        lease.executeAsync(new Ask(), deadline).whenComplete((answer, failure) -> {
            if (failure == null) {
                lease.close();
                result.complete(null);
                return;
            }
            boolean isOld = lease.member.openedNanos - startedNanos < 0;
            lease.invalidate();
            if (isOld && !deadline.isExpired() && !result.isDone()) {
                tryOne();
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** The connector's question for a sign of life. */
    private final class Ask implements Operation<C, Boolean> {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.READ_ONLY;
        }

        @Override
        public Class<Boolean> resultType() {
            return Boolean.class;
        }

        @Override
        public Boolean execute(C connection, Deadline limit) throws Exception {
            core.connector.validate(connection, limit);
            return true;
        }
    }
}
