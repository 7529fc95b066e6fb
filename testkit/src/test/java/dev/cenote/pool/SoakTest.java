package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.fakes.FakeOperations.makeDirty;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.contracts.Threads;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Everything at once, at random: acquires of all kinds given up in all ways, while the pool is cleared, paused and resized
 * and its database crashes, falls silent and refuses. The seed is printed; {@code -Dcenote.soak.seed} and {@code
 * -Dcenote.soak.seconds} choose another and a longer run.
 */
class SoakTest {
    private static final int LARGEST = 6;
    private static final int THREADS = 8;
    private static final Executor THREADED = command -> new Thread(command).start();
    private static final Executor VIRTUAL = Threads::startVirtual;

    private final long seed = Long.getLong("cenote.soak.seed", System.nanoTime());
    private final FakeDatabase database = new FakeDatabase();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void nothingIsLostWhateverHappens() throws Exception {
        System.out.println("soak with seed " + seed);
        var options = PoolOptions.builder()
                .name("soak")
                .minSize(1)
                .maxSize(LARGEST)
                .acquireTimeout(Duration.ofMillis(20))
                .connectTimeout(Duration.ofMillis(20))
                .validateTimeout(Duration.ofMillis(5))
                .resetTimeout(Duration.ofMillis(5))
                .operationTimeout(Duration.ofMillis(10))
                .connectBackoffBase(Duration.ofMillis(1))
                .connectBackoffCap(Duration.ofMillis(4))
                .validateAfterIdle(Duration.ofMillis(2))
                .keepaliveInterval(Duration.ofMillis(7))
                .idleTimeout(Duration.ofMillis(15))
                .maxLifetime(Duration.ofMillis(40))
                .keeperInterval(Duration.ofMillis(1))
                .maxWaiters(7)
                .leakThreshold(Duration.ofMillis(20))
                .queueTarget(Duration.ofMillis(5))
                .queueInterval(Duration.ofMillis(10))
                .build();
        var engine = new PoolEngine<>(options, database, FakePool::classify, PoolRuntime.system(), List.of());
        try (engine) {
            var running = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < THREADS; i++) {
                var random = new SplittableRandom(seed + i);
                running.add(CompletableFuture.runAsync(() -> use(engine, random), i % 2 == 0 ? THREADED : VIRTUAL));
            }
            running.add(CompletableFuture.runAsync(() -> disturb(engine, new SplittableRandom(-seed)), THREADED));
            running.add(CompletableFuture.runAsync(() -> watch(engine), THREADED));
            rest(engine, Long.getLong("cenote.soak.seconds", 4));
            stop.countDown();
            for (CompletableFuture<Void> each : running) {
                each.get(30, TimeUnit.SECONDS);
            }
            heal();
            engine.ready();
            engine.resize(0, LARGEST);
            assertThat(unexpected).isEmpty();
            assertAtRest(engine);
        }
        Consistency.until(engine, "all is closed", stats -> stats.size() == 0 && database.shutdowns() == 1);
        assertThat(database.open()).as("connections left open").isZero();
        assertThat(database.faults()).isEmpty();
        System.out.println("soak ended with " + engine.stats());
    }

    private void watch(PoolEngine<FakeConnection> engine) {
        while (stop.getCount() > 0) {
            PoolStats stats = engine.stats();
            if (stats.size() > LARGEST || stats.waiters() < 0) {
                unexpected.add(new AssertionError("bound passed: " + stats));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000);
        }
    }

    private void use(PoolEngine<FakeConnection> engine, SplittableRandom random) {
        while (stop.getCount() > 0) {
            try {
                useOnce(engine, random);
            } catch (CenoteException expected) {
                Thread.onSpinWait(); // the pool says no, in all the ways there are
            } catch (Throwable failure) {
                unexpected.add(failure);
            } finally {
                Thread.interrupted();
            }
        }
    }

    private void useOnce(PoolEngine<FakeConnection> engine, SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0 -> {
                CompletableFuture<Lease<FakeConnection>> acquired = engine.acquireAsync();
                if (!acquired.cancel(false)) {
                    closing(acquired);
                }
            }
            case 1 -> engine.executeAsync(whoAmI()).cancel(true);
            case 2 -> closing(engine.acquireAsync(Deadline.after(Duration.ofNanos(random.nextInt(300_000)))));
            case 3 -> {
                Thread.currentThread().interrupt();
                engine.acquire().close();
            }
            case 4 -> engine.tryAcquire().ifPresent(Lease::close);
            case 5 -> {
                Lease<FakeConnection> lease = engine.acquire();
                CompletableFuture<Long> running = lease.executeAsync(whoAmI());
                lease.close(); // in the middle of it
                running.handle((number, failure) -> null).join();
            }
            case 6 -> {
                try (Lease<FakeConnection> lease = engine.acquire()) {
                    lease.execute(makeDirty());
                    if (random.nextInt(4) == 0) {
                        lease.invalidate();
                    }
                }
            }
            default -> {
                try (Lease<FakeConnection> lease =
                        engine.acquire(Duration.ofNanos(100_000 + random.nextInt(3_000_000)))) {
                    lease.execute(whoAmI());
                }
            }
        }
    }

    private static void closing(CompletableFuture<Lease<FakeConnection>> acquired) {
        acquired.handle((lease, failure) -> {
                    if (lease != null) {
                        lease.close();
                    }
                    return null;
                })
                .join();
    }

    private void disturb(PoolEngine<FakeConnection> engine, SplittableRandom random) {
        while (stop.getCount() > 0) {
            try {
                switch (random.nextInt(13)) {
                    case 9 -> engine.clear(InUse.ABORTED);
                    case 10 -> {
                        database.hangConnects(true);
                        rest(random, 5);
                        database.strandConnects();
                    }
                    case 11 -> {
                        PoolListener listener = event -> {};
                        engine.addListener(listener);
                        rest(random, 5);
                        engine.removeListener(listener);
                    }
                    case 12 ->
                        engine.timeouts(engine.timeouts().withAcquire(Duration.ofMillis(1 + random.nextInt(40))));
                    case 0 -> engine.clear();
                    case 1 -> {
                        engine.pause();
                        rest(random, 2);
                        engine.ready();
                    }
                    case 2, 3 -> engine.resize(random.nextInt(2), 1 + random.nextInt(LARGEST));
                    case 4 -> database.crash();
                    case 5 -> database.silent(true);
                    case 6 -> database.deaf(true);
                    case 7 -> database.hangConnects(true);
                    default -> database.failResets(true);
                }
                rest(random, 12);
                heal();
                rest(random, 8);
            } catch (Throwable failure) {
                unexpected.add(failure);
            }
        }
    }

    /** Says once a minute how far it has come. */
    private void rest(PoolEngine<FakeConnection> engine, long seconds) throws InterruptedException {
        for (long left = seconds; left > 0; left -= 60) {
            assertThat(stop.await(Math.min(left, 60), TimeUnit.SECONDS)).isFalse();
            if (left > 60) {
                System.out.println("soak goes on for " + (left - 60) + " s, " + engine.stats());
                assertThat(unexpected).isEmpty();
                assertThat(database.faults()).isEmpty();
            }
        }
    }

    private void heal() {
        database.failConnects(null);
        database.deaf(false);
        database.silent(false);
        database.hangConnects(false);
        database.failResets(false);
    }

    private static void rest(SplittableRandom random, int millis) {
        java.util.concurrent.locks.LockSupport.parkNanos(random.nextLong(millis * 1_000_000L));
    }
}
