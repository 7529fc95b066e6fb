package dev.cenote.decorators;

import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.TransactionRun;
import dev.cenote.protocols.AsyncTransactionBody;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.TransactionBody;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.NestedUseException;
import dev.cenote.retry.RetriedCall;
import dev.cenote.retry.Retry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions of a pool with its policies: each attempt is a whole transaction, all within one deadline. */
final class PoolTransactions<C extends Connection> {
    private final PoolEngine<C> engine;
    private final Nested<C> nested;
    private final PoolLeases<C> leases;
    private final @Nullable Retry retry;
    private final PoolPolicies policies;
    private final Duration callTimeout;
    private final TimeSource clock;

    PoolTransactions(ResilientPool.Parts<C> parts, Nested<C> nested, PoolPolicies policies, PoolLeases<C> leases) {
        this.engine = parts.engine();
        this.nested = nested;
        this.leases = leases;
        this.retry = policies.retry;
        this.policies = policies;
        this.callTimeout = parts.callTimeout();
        this.clock = parts.runtime().clock();
    }

    /** As {@link dev.cenote.protocols.Pool#transaction}. */
    <R extends @Nullable Object, X extends Exception> R run(TransactionOptions options, TransactionBody<C, R, X> body)
            throws X {
        TransactionContext<C> joined = nested.joined("transaction", options.nesting());
        if (joined != null) {
            return body.run(joined);
        }
        Deadline deadline = limit(options);
        var about = RetriedCall.of("transaction", Effect.NON_IDEMPOTENT, deadline);
        var isRetry = new AtomicBoolean();
        Callable<R> attempt = () -> {
            policies.count(isRetry.getAndSet(true));
            return TransactionRun.run(lease(deadline), options, deadline, nesting(options, body));
        };
        try {
            return retry == null ? attempt.call() : retry.call(attempt, about);
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            @SuppressWarnings("unchecked") // an attempt throws nothing checked but what the body does
            X thrown = (X) checked;
            throw thrown;
        }
    }

    private Lease<C> lease(Deadline deadline) {
        return leases.acquire(engine.acquireDeadline().earlier(deadline));
    }

    /** The body, run by a thread that is known to be in the transaction meanwhile. */
    private <R extends @Nullable Object, X extends Exception> TransactionBody<C, R, X> nesting(
            TransactionOptions options, TransactionBody<C, R, X> body) {
        return transaction -> {
            Nested.Open<C> outer = nested.enter(new Nested.Open<>(transaction, options.nesting()));
            try {
                return body.run(transaction);
            } finally {
                nested.leave(outer);
            }
        };
    }

    /** The same of a body whose stages may go on elsewhere: known is the thread that begins it, while it does so. */
    private <R> AsyncTransactionBody<C, R> nesting(TransactionOptions options, AsyncTransactionBody<C, R> body) {
        return transaction -> {
            Nested.Open<C> outer = nested.enter(new Nested.Open<>(transaction, options.nesting()));
            try {
                return body.run(transaction);
            } finally {
                nested.leave(outer);
            }
        };
    }

    /** As {@link dev.cenote.protocols.Pool#transactionAsync}. */
    <R> CompletableFuture<R> runAsync(TransactionOptions options, AsyncTransactionBody<C, R> body) {
        TransactionContext<C> joined;
        try {
            joined = nested.joined("transactionAsync", options.nesting());
        } catch (NestedUseException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        if (joined != null) {
            return Guard.started(() -> body.run(joined));
        }
        Deadline deadline = limit(options);
        var about = RetriedCall.of("transaction", Effect.NON_IDEMPOTENT, deadline);
        var isRetry = new AtomicBoolean();
        Supplier<CompletableFuture<R>> attempt = () -> {
            policies.count(isRetry.getAndSet(true));
            return TransactionRun.runAsync(leaseAsync(deadline), options, deadline, nesting(options, body), engine);
        };
        return retry == null ? attempt.get() : retry.callAsync(attempt, about);
    }

    private CompletableFuture<Lease<C>> leaseAsync(Deadline deadline) {
        return leases.acquireAsync(engine.acquireDeadline().earlier(deadline));
    }

    private Deadline limit(TransactionOptions options) {
        return Deadline.after(options.timeout().orElse(callTimeout), clock).earlier(Deadline.current());
    }
}
