package dev.cenote.decorators;

import dev.cenote.protocols.CallObserver.Observation;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import java.util.concurrent.CompletableFuture;

/** A lease whose holder's operations are told to the pool's observers, each as a call. */
final class ObservedLease<C extends Connection> extends ForwardingLease<C> {
    private final Observers observers;

    ObservedLease(Lease<C> lease, Observers observers) {
        super(lease);
        this.observers = observers;
    }

    @Override
    public <R> R execute(Operation<? super C, R> operation, Deadline deadline) {
        Observation observation = observers.begin(operation);
        if (observation == null) {
            return lease.execute(operation, deadline);
        }
        R result;
        try {
            result = lease.execute(operation, deadline);
        } catch (Throwable failure) {
            observation.end(failure);
            throw failure;
        }
        observation.end(null);
        return result;
    }

    @Override
    public <R> CompletableFuture<R> executeAsync(Operation<? super C, R> operation, Deadline deadline) {
        Observation observation = observers.begin(operation);
        CompletableFuture<R> running = lease.executeAsync(operation, deadline);
        return observation == null ? running : Observers.ended(running, observation::end);
    }
}
