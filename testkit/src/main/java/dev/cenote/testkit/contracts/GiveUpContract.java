package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolBuilder;
import dev.cenote.pool.AcquireSites;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Giving up: a time-out says why, and nobody who leaves takes anything along. */
abstract class GiveUpContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>>
        extends AcquireContract<C, B> {

    @Test
    void exhaustedPoolSaysWhoHoldsItsConnections() {
        try (Pool<C> pool = builder().maxSize(1).acquireSites(AcquireSites.ALL).build();
                Lease<C> held = pool.acquire()) {
            held.execute(ping());
            Duration timeout = Duration.ofMillis(50);
            assertThatThrownBy(() -> pool.acquire(timeout))
                    .isInstanceOfSatisfying(PoolExhaustedException.class, failure -> {
                        assertThat(failure.phase()).isEqualTo(AcquireTimeoutException.Phase.WAITING);
                        assertThat(failure.waited()).isGreaterThanOrEqualTo(timeout);
                        assertThat(failure.stats().leased()).isEqualTo(1);
                        assertThat(failure.pool()).isEqualTo(pool.name());
                        assertThat(failure.holders()).singleElement().satisfies(holder -> {
                            assertThat(holder.thread())
                                    .isEqualTo(Thread.currentThread().getName());
                            assertThat(holder.lastOperation()).isPresent();
                            assertThat(holder.acquiredAt())
                                    .anySatisfy(frame ->
                                            assertThat(frame.getClassName()).isEqualTo(GiveUpContract.class.getName()));
                        });
                    })
                    .hasMessageContaining("leased 1")
                    .hasMessageContaining("maxSize 1")
                    .hasMessageContaining(Thread.currentThread().getName());
            assertThat(pool.stats().waiters()).isZero();
            assertThat(pool.stats().timedOut()).isEqualTo(1);
            held.close();
            assertAtRest(pool);
        }
    }

    @Test
    void timedOutFutureLeavesNoWaiter() {
        try (Pool<C> pool = pool(1);
                Lease<C> held = pool.acquire()) {
            CompletableFuture<Lease<C>> waiting = pool.acquireAsync(Deadline.after(Duration.ofMillis(50)));
            assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(PoolExhaustedException.class);
            assertThat(pool.stats().waiters()).isZero();
            held.close();
            assertAtRest(pool);
        }
    }

    @Test
    void interruptedAcquireLeavesNoWaiterAndKeepsTheFlag() throws Exception {
        try (Pool<C> pool = pool(1);
                Lease<C> held = pool.acquire()) {
            var flag = new AtomicBoolean();
            var failure = new CompletableFuture<Throwable>();
            var thread = new Thread(() -> {
                try (Lease<C> lease = pool.acquire()) {
                    failure.complete(new AssertionError("got " + lease));
                } catch (Throwable thrown) {
                    flag.set(Thread.currentThread().isInterrupted());
                    failure.complete(thrown);
                }
            });
            thread.start();
            until(pool, "it waits", stats -> stats.waiters() == 1);
            thread.interrupt();
            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(AcquireInterruptedException.class);
            assertThat(flag).isTrue();
            assertThat(pool.stats().waiters()).isZero();
            held.close();
            assertAtRest(pool);
        }
    }

    @Test
    void acquiresGivenUpInTheMomentOfTheHandOverLeakNothing() throws Exception {
        try (Pool<C> pool = pool(2)) {
            Threads.run(8, thread -> {
                for (int i = 0; i < 150; i++) {
                    giveUpInSomeWay(pool, thread + i);
                }
            });
            assertAtRest(pool);
        }
    }

    private void giveUpInSomeWay(Pool<C> pool, int way) {
        long nanos = ThreadLocalRandom.current().nextLong(200_000);
        switch (way % 4) {
            case 0 -> {
                CompletableFuture<Lease<C>> future = pool.acquireAsync();
                if (!future.cancel(false)) {
                    future.join().close();
                }
            }
            case 1 ->
                pool.acquireAsync(Deadline.after(Duration.ofNanos(nanos)))
                        .handle((lease, failure) -> {
                            if (lease != null) {
                                lease.close();
                            }
                            return null;
                        })
                        .join();
            case 2 -> {
                try (Lease<C> lease = pool.acquire(Duration.ofNanos(nanos))) {
                    assertThat(lease.isClosed()).isFalse();
                } catch (AcquireTimeoutException expected) {
                    assertThat(expected.pool()).isEqualTo(pool.name());
                }
            }
            default -> {
                Thread.currentThread().interrupt();
                try (Lease<C> lease = pool.acquire()) {
                    assertThat(lease.isClosed()).isFalse();
                } catch (AcquireInterruptedException expected) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                } finally {
                    assertThat(Thread.interrupted()).isTrue();
                }
            }
        }
    }
}
