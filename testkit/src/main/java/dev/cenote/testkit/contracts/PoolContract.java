package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every pool promises, whatever database is behind it. Subclasses say how to build a pool to a database that is well
 * and stays so.
 *
 * @param <C> the connection
 * @param <B> the builder of the pool
 */
public abstract class PoolContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>> {
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    /** A builder of a pool to the database, with the default of each option. */
    protected abstract B builder();

    /** A read-only operation that the server answers. */
    protected abstract Operation<? super C, ?> ping();

    private Pool<C> pool(int maxSize) {
        return builder().maxSize(maxSize).acquireTimeout(GENEROUS).build();
    }

    // ---- acquire and release

    @Test
    void acquireGivesAWorkingConnectionAndCloseReturnsIt() {
        try (Pool<C> pool = pool(2)) {
            long id;
            try (Lease<C> lease = pool.acquire()) {
                lease.execute(ping());
                id = lease.connectionId();
                assertThat(pool.stats().leased()).isEqualTo(1);
                assertThat(pool.holders()).singleElement().satisfies(holder -> {
                    assertThat(holder.connectionId()).isEqualTo(lease.connectionId());
                    assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
                    assertThat(holder.lastOperation()).isPresent();
                });
            }
            assertThat(pool.stats().leased()).isZero();
            try (Lease<C> again = pool.acquire()) {
                assertThat(again.connectionId()).isEqualTo(id);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void connectionIdsCountUpFromOne() {
        try (Pool<C> pool = pool(2);
                Lease<C> first = pool.acquire();
                Lease<C> second = pool.acquire()) {
            assertThat(List.of(first.connectionId(), second.connectionId())).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void maxSizeIsNeverPassedUnder64Threads() throws Exception {
        int maxSize = 5;
        try (Pool<C> pool = pool(maxSize)) {
            var held = new AtomicInteger();
            var most = new AtomicInteger();
            var largest = new AtomicInteger();
            var done = new AtomicBoolean();
            CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    largest.accumulateAndGet(pool.stats().size(), Math::max);
                    Thread.onSpinWait();
                }
            });
            Threads.run(64, thread -> {
                for (int i = 0; i < 20; i++) {
                    try (Lease<C> lease = pool.acquire()) {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        lease.execute(ping());
                        held.decrementAndGet();
                    }
                }
            });
            done.set(true);
            watcher.get(30, TimeUnit.SECONDS);
            assertThat(most.get()).isBetween(1, maxSize);
            assertThat(largest.get()).isLessThanOrEqualTo(maxSize);
            assertThat(pool.stats().acquired()).isEqualTo(64 * 20);
            assertAtRest(pool);
        }
    }

    @Test
    void waitersAreServedInOrderOfArrivalPlatformAndVirtualThreadsAndFuturesAlike() throws Exception {
        try (Pool<C> pool = pool(1)) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            Lease<C> held = pool.acquire();
            var waiting = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                Runnable acquiring = () -> {
                    try (Lease<C> lease = pool.acquire()) {
                        order.add(number);
                    }
                };
                waiting.add(
                        switch (i % 3) {
                            case 0 -> Threads.start(acquiring);
                            case 1 -> Threads.startVirtual(acquiring);
                            default ->
                                pool.acquireAsync().thenAccept(lease -> {
                                    order.add(number);
                                    lease.close();
                                });
                        });
                until(pool, "it waits", stats -> stats.waiters() == number + 1);
            }
            held.close();
            Threads.join(waiting);
            assertThat(order).isSorted().hasSize(20);
            assertAtRest(pool);
        }
    }

    @Test
    void tryAcquireTakesAnIdleConnectionAndNeverOvertakes() throws Exception {
        try (Pool<C> pool = pool(1)) {
            Lease<C> held = pool.acquire();
            assertThat(pool.tryAcquire()).isEmpty();
            CompletableFuture<Lease<C>> waiting = pool.acquireAsync();
            held.close();
            Lease<C> next = waiting.get(30, TimeUnit.SECONDS);
            assertThat(pool.tryAcquire()).isEmpty();
            next.close();
            assertThat(pool.tryAcquire()).hasValueSatisfying(Lease::close);
            assertAtRest(pool);
        }
    }

    // ---- leases

    @Test
    void closingALeaseTwiceIsHarmless() {
        try (Pool<C> pool = pool(2)) {
            Lease<C> lease = pool.acquire();
            lease.close();
            try (Lease<C> next = pool.acquire()) {
                lease.close();
                lease.invalidate();
                assertThat(next.isClosed()).isFalse();
                next.execute(ping());
                assertThat(pool.stats().leased()).isEqualTo(1);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void useAfterCloseIsAClearError() {
        try (Pool<C> pool = pool(1)) {
            Lease<C> lease = pool.acquire();
            lease.close();
            try (Lease<C> next = pool.acquire()) {
                assertThatThrownBy(() -> lease.execute(ping()))
                        .isInstanceOf(LeaseClosedException.class)
                        .hasMessageContaining("has ended")
                        .hasMessageContaining(pool.name());
                assertThat(lease.executeAsync(ping())).isCompletedExceptionally();
                assertThatThrownBy(() -> lease.unwrap(Object.class)).isInstanceOf(LeaseClosedException.class);
                assertThat(lease.isClosed()).isTrue();
                next.execute(ping());
            }
            assertAtRest(pool);
        }
    }

    @Test
    void invalidateClosesTheConnection() {
        try (Pool<C> pool = pool(1)) {
            Lease<C> lease = pool.acquire();
            long id = lease.connectionId();
            lease.invalidate();
            try (Lease<C> next = pool.acquire()) {
                assertThat(next.connectionId()).isGreaterThan(id);
                next.execute(ping());
            }
            until(pool, "one was closed", stats -> stats.closed().equals(Map.of(CloseReason.ERROR, 1L)));
            assertAtRest(pool);
        }
    }

    // ---- giving up

    @Test
    void exhaustedPoolSaysWhoHoldsItsConnections() {
        try (Pool<C> pool = builder().maxSize(1).captureAcquireSite(true).build();
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
                                            assertThat(frame.getClassName()).isEqualTo(PoolContract.class.getName()));
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

    // ---- execute

    @Test
    void executeReturnsItsConnection() throws Exception {
        try (Pool<C> pool = pool(2)) {
            pool.execute(ping());
            pool.executeAsync(ping()).get(30, TimeUnit.SECONDS);
            assertAtRest(pool);
        }
    }

    @Test
    void manyFuturesShareFewConnections() {
        try (Pool<C> pool = pool(3)) {
            var running = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 200; i++) {
                running.add(pool.executeAsync(ping()));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
            assertThat(pool.stats().created()).isLessThanOrEqualTo(3);
            assertAtRest(pool);
        }
    }

    @Test
    void cancelledExecuteLeaksNothing() {
        try (Pool<C> pool = pool(2)) {
            for (int i = 0; i < 60; i++) {
                CompletableFuture<?> running = pool.executeAsync(ping());
                if (i % 3 != 0) {
                    Thread.yield();
                }
                running.cancel(true);
            }
            assertAtRest(pool);
        }
    }

    // ---- states

    @Test
    void closeFailsWaitersAndLetsHoldersFinish() throws Exception {
        Pool<C> pool = pool(1);
        Lease<C> held = pool.acquire();
        CompletableFuture<Void> thread = Threads.start(() -> pool.acquire().close());
        CompletableFuture<Lease<C>> future = pool.acquireAsync();
        until(pool, "both wait", stats -> stats.waiters() == 2);
        pool.close();
        pool.close();
        assertThatThrownBy(() -> thread.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolClosedException.class);
        assertThatThrownBy(pool::acquire)
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(pool::tryAcquire).isInstanceOf(PoolClosedException.class);
        held.execute(ping());
        held.close();
        until(pool, "all is closed", stats -> stats.size() == 0);
        assertThat(pool.stats().state()).isEqualTo(PoolState.CLOSED);
        assertThat(pool.stats().waiters()).isZero();
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void drainWaitsForLeases() throws Exception {
        Pool<C> pool = pool(2);
        Lease<C> held = pool.acquire();
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> pool.drain(GENEROUS));
        until(pool, "it refuses", stats -> stats.state() == PoolState.CLOSED);
        assertThatThrownBy(pool::acquire)
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("draining");
        held.execute(ping());
        held.close();
        assertThat(drained.get(30, TimeUnit.SECONDS)).isTrue();
        until(pool, "all is closed", stats -> stats.size() == 0);
    }

    @Test
    void drainSaysWhenLeasesOutlastIt() {
        Pool<C> pool = pool(1);
        Lease<C> held = pool.acquire();
        assertThat(pool.drain(Duration.ofMillis(50))).isFalse();
        held.close();
        until(pool, "all is closed", stats -> stats.size() == 0);
    }

    @Test
    void clearClosesOlderConnectionsAndFailsWaiters() throws Exception {
        try (Pool<C> pool = pool(1)) {
            Lease<C> held = pool.acquire();
            CompletableFuture<Lease<C>> waiting = pool.acquireAsync();
            until(pool, "it waits", stats -> stats.waiters() == 1);
            pool.clear();
            assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolClearedException.class);
            assertThat(pool.stats().generation()).isEqualTo(1);
            held.execute(ping());
            held.close();
            try (Lease<C> next = pool.acquire()) {
                assertThat(next.generation()).isEqualTo(1);
                assertThat(next.connectionId()).isEqualTo(2);
            }
            until(pool, "one was closed", stats -> stats.closed().equals(Map.of(CloseReason.STALE, 1L)));
            assertAtRest(pool);
        }
    }

    @Test
    void pausedPoolRefusesUntilReady() {
        try (Pool<C> pool = pool(1)) {
            pool.execute(ping());
            pool.pause();
            assertThatThrownBy(pool::acquire)
                    .isInstanceOf(PoolPausedException.class)
                    .hasMessageContaining("paused");
            assertThat(pool.acquireAsync()).isCompletedExceptionally();
            assertThat(pool.stats().state()).isEqualTo(PoolState.PAUSED);
            pool.ready();
            pool.execute(ping());
            assertAtRest(pool);
        }
    }

    @Test
    void resizeTakesEffectWhileConnectionsAreLeased() {
        try (Pool<C> pool = pool(2)) {
            Lease<C> first = pool.acquire();
            Lease<C> second = pool.acquire();
            pool.resize(0, 1);
            first.close();
            until(pool, "one is closed", stats -> stats.size() == 1);
            assertThat(pool.tryAcquire()).isEmpty();
            second.close();
            pool.resize(2, 3);
            until(pool, "it is filled", stats -> stats.idle() == 2);
            until(pool, "one was closed", stats -> stats.closed().equals(Map.of(CloseReason.RESIZED, 1L)));
            assertThatThrownBy(() -> pool.resize(2, 1))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("maxSize must be >= minSize (2), was 1");
            assertAtRest(pool);
        }
    }

    // ---- upkeep

    @Test
    void minSizeIsFilledInTheBackground() {
        try (Pool<C> pool = builder().minSize(2).maxSize(3).build()) {
            until(pool, "it is filled", stats -> stats.idle() == 2);
            assertAtRest(pool);
        }
    }

    @Test
    void unusedConnectionsAreClosedDownToMinSize() {
        try (Pool<C> pool = builder()
                .minSize(1)
                .maxSize(3)
                .idleTimeout(Duration.ofMillis(20))
                .keeperInterval(Duration.ofMillis(10))
                .build()) {
            List<Lease<C>> all = List.of(pool.acquire(), pool.acquire(), pool.acquire());
            all.forEach(Lease::close);
            until(pool, "it shrinks", stats -> stats.size() == 1 && stats.closed(CloseReason.IDLE) == 2);
            assertAtRest(pool);
        }
    }

    @Test
    void connectionsAreReplacedAtTheEndOfTheirLifeBusyOrIdle() {
        try (Pool<C> pool = builder()
                .minSize(1)
                .maxSize(2)
                .maxLifetime(Duration.ofMillis(100))
                .keeperInterval(Duration.ofMillis(10))
                .build()) {
            until(pool, "idle ones expire", stats -> stats.closed(CloseReason.EXPIRED) >= 2);
            Lease<C> busy = pool.acquire();
            long id = busy.connectionId();
            until(pool, "its time is over", stats -> busy.age().compareTo(Duration.ofMillis(150)) > 0);
            busy.execute(ping());
            busy.close();
            try (Lease<C> next = pool.acquire()) {
                assertThat(next.connectionId()).isGreaterThan(id);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void leaksAreReportedOnce() {
        List<PoolEvent> leaks = Collections.synchronizedList(new ArrayList<>());
        try (Pool<C> pool = builder()
                .leakThreshold(Duration.ofMillis(30))
                .keeperInterval(Duration.ofMillis(10))
                .listener(event -> {
                    if (event instanceof PoolEvent.LeakDetected) {
                        leaks.add(event);
                    }
                })
                .build()) {
            Lease<C> forgotten = pool.acquire();
            until(pool, "it is reported", stats -> stats.leaks() == 1);
            forgotten.close();
            assertThat(leaks)
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    ((PoolEvent.LeakDetected) event).holder().thread())
                            .isEqualTo(Thread.currentThread().getName()));
            assertAtRest(pool);
        }
    }

    @Test
    void eventsTellTheStoryOfAConnectionInOrder() {
        List<String> story = Collections.synchronizedList(new ArrayList<>());
        try (Pool<C> pool = builder()
                .maxSize(1)
                .listener(event -> story.add(event.getClass().getSimpleName()))
                .build()) {
            pool.execute(ping());
        }
        assertThat(story)
                .containsSubsequence("PoolCreated", "PoolReady", "AcquireStarted", "AcquireSucceeded", "Released")
                .containsSubsequence("ConnectionCreated", "ConnectionReady", "AcquireSucceeded", "ConnectionClosed")
                .contains("PoolClosed");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        try (Pool<C> pool = builder()
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .build()) {
            pool.execute(ping());
            assertAtRest(pool);
        }
    }
}
