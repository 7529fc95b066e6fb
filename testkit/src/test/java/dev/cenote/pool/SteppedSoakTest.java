package dev.cenote.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.testkit.fakes.FakePool;
import dev.cenote.testkit.fakes.ManualClock;
import dev.cenote.testkit.fakes.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An engine whose every step is the test's: one thread, an injected clock, and workers whose tasks wait until the test
 * picks one, so that a connect, a reset or a close ends early, late or never. After each step the engine must be sound. The
 * same seed takes the same steps; {@code -Dcenote.soak.seed} and {@code -Dcenote.soak.seconds} choose another and a longer
 * run.
 */
class SteppedSoakTest {
    private static final int LARGEST = 4;
    private static final int STEPS = 2_000;

    /** A connection that may break, and that knows whether it is closed. */
    private static final class Line implements dev.cenote.protocols.Connection {
        boolean closed;
        boolean broken;
        boolean dirty;

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(this);
        }
    }

    /** A database that answers at once, one way or the other. */
    private final class Lines implements Connector<Line> {
        final Set<Line> open = new HashSet<>();
        boolean refuses;
        boolean resetsFail;

        @Override
        public Line open(Deadline deadline) throws IOException {
            if (refuses) {
                throw new IOException("refused");
            }
            var line = new Line();
            open.add(line);
            return line;
        }

        @Override
        public void validate(Line line, Deadline deadline) throws IOException {
            if (line.broken || line.closed) {
                throw new IOException("no answer");
            }
        }

        @Override
        public boolean needsReset(Line line) {
            return line.dirty;
        }

        @Override
        public void reset(Line line, Deadline deadline) throws IOException {
            if (resetsFail || line.broken || line.closed) {
                throw new IOException("reset failed");
            }
            line.dirty = false;
        }

        @Override
        public void close(Line line) {
            line.closed = true;
            open.remove(line);
        }

        @Override
        public void abort(Line line) {
            line.closed = true;
            open.remove(line);
        }
    }

    private record Ask(boolean dirties) implements Operation<Line, Boolean> {
        @Override
        public String name() {
            return "ask";
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
        public Class<? super Boolean> resultType() {
            return Boolean.class;
        }

        @Override
        public Boolean execute(Line line, Deadline deadline) throws IOException {
            if (line.broken || line.closed) {
                throw new IOException("broken pipe");
            }
            line.dirty |= dirties;
            return true;
        }
    }

    private final Deque<String> history = new ArrayDeque<>();
    private final List<Runnable> tasks = new ArrayList<>();

    /** Connections that must not be given out again. */
    private final Set<Long> spent = new HashSet<>();

    private final List<Lease<Line>> held = new ArrayList<>();
    private final List<CompletableFuture<Lease<Line>>> awaited = new ArrayList<>();
    private final Lines lines = new Lines();
    private SplittableRandom random = new SplittableRandom(0);
    private ManualScheduler scheduler = new ManualScheduler(new ManualClock());
    private int sizeBefore;

    @Test
    @Timeout(value = 2, unit = java.util.concurrent.TimeUnit.HOURS)
    void theEngineIsSoundAfterEachStep() {
        long first = Long.getLong("cenote.soak.seed", System.nanoTime());
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("cenote.soak.seconds", 2)).toNanos();
        long seed = first;
        do {
            run(seed++);
        } while (System.nanoTime() - end < 0);
        System.out.println("stepped soak: seeds " + first + " to " + (seed - 1) + ", " + STEPS + " steps each");
    }

    private void run(long seed) {
        random = new SplittableRandom(seed);
        var clock = new ManualClock();
        scheduler = new ManualScheduler(clock);
        history.clear();
        tasks.clear();
        held.clear();
        awaited.clear();
        spent.clear();
        lines.refuses = false;
        lines.resetsFail = false;
        sizeBefore = 0;
        var seeded = new java.util.random.RandomGenerator() {
            @Override
            public long nextLong() {
                return random.nextLong();
            }
        };
        var engine = new PoolEngine<>(
                options(),
                lines,
                FakePool::classify,
                PoolRuntime.system()
                        .withClock(clock)
                        .withScheduler(scheduler)
                        .withWorkers(tasks::add)
                        .withRandom(seeded),
                List.of());
        try {
            for (int i = 0; i < STEPS; i++) {
                step(engine);
                check(engine);
            }
            settle(engine);
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError("seed " + seed + " broke it; the last steps: " + history, broken);
        }
    }

    private static PoolOptions options() {
        return PoolOptions.builder()
                .name("stepped")
                .minSize(1)
                .maxSize(LARGEST)
                .maxWaiters(6)
                .acquireTimeout(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofSeconds(2))
                .validateAfterIdle(Duration.ofMillis(700))
                .keepaliveInterval(Duration.ofSeconds(5))
                .idleTimeout(Duration.ofSeconds(9))
                .maxLifetime(Duration.ofSeconds(30))
                .queueTarget(Duration.ofMillis(200))
                .queueInterval(Duration.ofMillis(500))
                .build();
    }

    private void step(PoolEngine<Line> engine) {
        int choice = random.nextInt(22);
        note(choice);
        switch (choice) {
            case 0, 1, 2 -> awaited.add(engine.acquireAsync());
            case 3 -> tryAcquire(engine);
            case 4, 5, 6 -> withHeld(Lease::close);
            case 7 ->
                withHeld(lease -> {
                    lease.invalidate();
                    spent.add(lease.connectionId());
                });
            case 8 ->
                withHeld(lease -> {
                    lease.close();
                    lease.close();
                });
            case 9, 10 ->
                withHeld(lease -> {
                    try {
                        lease.execute(new Ask(random.nextBoolean()));
                    } catch (CenoteException refused) {
                        spent.add(lease.connectionId()); // a broken line, or one that was aborted
                    }
                    held.add(lease);
                });
            case 11 -> {
                if (!awaited.isEmpty()) {
                    awaited.get(random.nextInt(awaited.size())).cancel(false);
                }
            }
            case 12, 13, 14, 15 -> work();
            case 16, 17 -> scheduler.advance(Duration.ofMillis(random.nextInt(400)));
            case 18 -> engine.resize(random.nextInt(2), 1 + random.nextInt(LARGEST));
            case 19 -> clear(engine);
            case 20 -> lines.open.forEach(line -> line.broken |= random.nextInt(3) == 0);
            default -> {
                lines.refuses = random.nextInt(3) == 0;
                lines.resetsFail = random.nextInt(3) == 0;
            }
        }
        collect(engine);
    }

    private void got(PoolEngine<Line> engine, Lease<Line> lease) {
        assertThat(spent).as("spent connections").doesNotContain(lease.connectionId());
        assertThat(engine.connection(lease).dirty).as("%s is dirty", lease).isFalse();
        held.add(lease);
    }

    private void note(int choice) {
        history.add(choice + "/" + tasks.size());
        if (history.size() > 30) {
            history.removeFirst();
        }
    }

    private void tryAcquire(PoolEngine<Line> engine) {
        try {
            engine.tryAcquire().ifPresent(lease -> got(engine, lease));
        } catch (CenoteException refused) {
            // It is paused.
        }
    }

    private void clear(PoolEngine<Line> engine) {
        switch (random.nextInt(4)) {
            case 0 -> engine.clear();
            case 1 -> engine.clear(InUse.ABORTED);
            case 2 -> engine.pause();
            default -> engine.ready();
        }
    }

    private void withHeld(java.util.function.Consumer<Lease<Line>> use) {
        if (!held.isEmpty()) {
            use.accept(held.remove(random.nextInt(held.size())));
        }
    }

    /** Lets one worker do its task; which, is chance. */
    private void work() {
        if (!tasks.isEmpty()) {
            tasks.remove(random.nextInt(tasks.size())).run();
        }
    }

    private void collect(PoolEngine<Line> engine) {
        awaited.removeIf(future -> {
            if (future.isDone() && !future.isCompletedExceptionally()) {
                got(engine, future.join());
            }
            return future.isDone();
        });
    }

    private void check(PoolEngine<Line> engine) {
        PoolStats stats = engine.stats();
        assertThat(stats.size()).as("size, of %s", stats).isLessThanOrEqualTo(Math.max(stats.maxSize(), sizeBefore));
        sizeBefore = stats.size();
        if (stats.state() == PoolState.READY && stats.waiters() > 0) {
            for (Slot<Line> slot : engine.core.slots) {
                assertThat(slot.state())
                        .as("a waiter beside an idle connection")
                        .isNotEqualTo(SlotState.IDLE);
            }
        }
        long leases = stats.acquired() - stats.released();
        assertThat(leases)
                .as("leases, of %s", stats)
                .isBetween((long) held.size(), (long) held.size() + awaited.size() + tasks.size());
        var ids = new HashSet<Long>();
        for (Lease<Line> lease : held) {
            assertThat(lease.isClosed()).isFalse();
            assertThat(ids.add(lease.connectionId()))
                    .as("one holder of %s", lease)
                    .isTrue();
        }
    }

    /** All is let go and all work done: then the engine must be whole again, and nothing left when it is closed. */
    private void settle(PoolEngine<Line> engine) {
        lines.refuses = false;
        lines.resetsFail = false;
        engine.ready();
        for (int i = 0; i < 200; i++) {
            withHeld(Lease::close);
            workAll();
            scheduler.advance(Duration.ofMillis(100));
            collect(engine);
        }
        allPlacesCanBeHad(engine);
        PoolStats stats = engine.stats();
        assertThat(stats.waiters()).isZero();
        assertThat(stats.leased()).isZero();
        assertThat(stats.acquired()).isEqualTo(stats.released());
        assertThat(stats.size()).as("%s", stats).isEqualTo(lines.open.size());
        engine.beginClose(); // close() itself would wait for work that only this thread does
        for (int i = 0; i < 10; i++) {
            workAll();
            scheduler.advance(Duration.ofMillis(100));
        }
        assertThat(lines.open).as("open after the end").isEmpty();
    }

    private void allPlacesCanBeHad(PoolEngine<Line> engine) {
        engine.resize(0, LARGEST);
        for (int i = 0; i < LARGEST; i++) {
            awaited.add(engine.acquireAsync(Deadline.none()));
        }
        for (int i = 0; i < 100; i++) {
            workAll();
            scheduler.advance(Duration.ofMillis(50));
            collect(engine);
        }
        assertThat(held).as("connections had at once, of %s", engine).hasSize(LARGEST);
        while (!held.isEmpty()) {
            withHeld(Lease::close);
        }
        workAll();
    }

    private void workAll() {
        while (!tasks.isEmpty()) {
            work();
        }
    }
}
