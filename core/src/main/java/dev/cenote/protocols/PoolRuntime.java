package dev.cenote.protocols;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * What the engine takes from the world: time, randomness and threads. What is left empty, a pool makes for itself and
 * ends when it is closed; what is given stays the giver's to end.
 *
 * @param clock what time it is
 * @param random for jitter; thread-safe
 * @param scheduler runs the keeper and watches deadlines; its tasks do not block
 * @param workers open, validate, reset and close connections and run operations for futures; its tasks block, so that it
 *     needs as many threads as the pool may have connections
 */
public record PoolRuntime(
        TimeSource clock,
        RandomGenerator random,
        Optional<ScheduledExecutorService> scheduler,
        Optional<Executor> workers) {
    /** The machine's clock, a random seed, threads of the pool's own. */
    public static PoolRuntime system() {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new PoolRuntime(TimeSource.system(), random, Optional.empty(), Optional.empty());
    }

    /** This, with that clock. */
    public PoolRuntime withClock(TimeSource other) {
        return new PoolRuntime(other, random, scheduler, workers);
    }

    /** This, with that source of randomness. */
    public PoolRuntime withRandom(RandomGenerator other) {
        return new PoolRuntime(clock, other, scheduler, workers);
    }

    /** This, with that scheduler. */
    public PoolRuntime withScheduler(ScheduledExecutorService other) {
        return new PoolRuntime(clock, random, Optional.of(other), workers);
    }

    /** This, with those workers. */
    public PoolRuntime withWorkers(Executor other) {
        return new PoolRuntime(clock, random, scheduler, Optional.of(other));
    }
}
