package dev.cenote.redis;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known of a cluster's topology: reads it from some node, on a connection for that alone, when it is first
 * needed, from time to time, and whenever something hints that it has changed. However many hints there are, one reading is
 * under way at a time, and none begins sooner than a moment after the last.
 */
final class ClusterWatch implements PoolListener {
    /** Opens a connection to read from. */
    interface Reader {
        ClusterView read(HostAndPort from, Deadline deadline) throws Exception;
    }

    private static final Duration BETWEEN = Duration.ofMillis(100);
    /** How long one node may take to answer, so that a silent one holds up nobody for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Verdict NOT_EXECUTED = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);

    private final PoolEngine<RedisConnection> root;
    private final Reader reader;
    private final List<HostAndPort> seeds;
    private final Duration interval;
    private final TimeSource clock;
    private final RandomGenerator random;
    private final Function<Throwable, Verdict> classifier;

    private final Set<HostAndPort> suspects = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder readings = new LongAdder();
    private volatile @Nullable ClusterNodes nodes;
    private volatile CompletableFuture<Void> known = new CompletableFuture<>();
    private volatile boolean isKnown;
    private volatile boolean ended;
    private volatile long lastReadNanos;
    /** Of the view that was taken over last. */
    private volatile long epoch;

    private volatile @Nullable Throwable lastFailure;

    ClusterWatch(
            PoolEngine<RedisConnection> root,
            Reader reader,
            List<HostAndPort> seeds,
            Duration interval,
            PoolRuntime runtime) {
        this.root = root;
        this.reader = reader;
        this.seeds = seeds;
        this.interval = interval;
        this.clock = runtime.clock();
        this.random = runtime.random();
        this.classifier = failure -> root.classify(failure, Phase.CONNECT);
        this.lastReadNanos = clock.nanoTime() - BETWEEN.toNanos();
    }

    /** Begins to tell {@code told}. */
    void begin(ClusterNodes told) {
        nodes = told;
        if (root.options().minSize() > 0) {
            request();
        }
        tick();
    }

    private void tick() {
        root.schedule(
                () -> {
                    if (ended) {
                        return;
                    }
                    if (isKnown) {
                        request();
                    }
                    tick();
                },
                interval);
    }

    // ---- waiting for the first view

    /** Blocks until the topology is known. */
    void awaitKnown(Deadline deadline) {
        if (isKnown) {
            return;
        }
        IoThread.admitBlocking("reading the topology");
        Deadline limit = root.acquireDeadline().earlier(deadline);
        CompletableFuture<Void> awaited = wanted();
        try {
            awaited.get(limit.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException told ? told : unknown(limit);
        } catch (TimeoutException late) {
            throw unknown(limit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AcquireInterruptedException(root.name(), "interrupted while the topology was read");
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** As {@link #awaitKnown}, without blocking. */
    CompletableFuture<Void> whenKnown(Deadline deadline) {
        if (isKnown) {
            return CompletableFuture.completedFuture(null);
        }
        Deadline limit = root.acquireDeadline().earlier(deadline);
        CompletableFuture<Void> awaited = wanted().copy();
        var timer = root.schedule(() -> awaited.completeExceptionally(unknown(limit)), limit.remaining());
        awaited.whenComplete((nothing, failure) -> {
            timer.cancel(false);
            waiting.decrementAndGet();
        });
        return awaited;
    }

    private CompletableFuture<Void> wanted() {
        waiting.incrementAndGet();
        CompletableFuture<Void> awaited = known;
        if (ended) {
            awaited.completeExceptionally(new PoolClosedException(root.name(), "is closed"));
        }
        request();
        return awaited;
    }

    private ConnectionFailedException unknown(Deadline limit) {
        Throwable cause = lastFailure;
        return new ConnectionFailedException(
                root.name(),
                "the topology of the cluster could not be read from any of " + seeds + " within "
                        + limit.elapsed().toMillis() + " ms",
                NOT_EXECUTED,
                cause == null ? new TimeoutException("none has answered") : cause);
    }

    // ---- reading

    /** Has the topology read soon. */
    void request() {
        if (!ended && requested.compareAndSet(false, true)) {
            long due = lastReadNanos + BETWEEN.toNanos() - clock.nanoTime();
            root.schedule(() -> root.workers().execute(this::read), Duration.ofNanos(Math.max(0, due)));
        }
    }

    /** A node could not be reached, or lost its connections. */
    void suspect(HostAndPort node) {
        suspects.add(node);
        request();
    }

    private void read() {
        ClusterNodes told = nodes;
        if (ended || told == null || !reading.compareAndSet(false, true)) {
            return; // whoever reads sees that it was requested
        }
        requested.set(false);
        try {
            Throwable failure = read(told);
            if (failure == null) {
                readings.increment();
                isKnown = true;
                known.complete(null);
            } else {
                notRead(failure);
            }
        } finally {
            lastReadNanos = clock.nanoTime();
            reading.set(false);
        }
        if (requested.getAndSet(false)) {
            request();
        }
    }

    /**
     * Takes over the first view that is not older than what is known, as the epoch of the cluster tells; failing that, the
     * youngest of all, since a cluster may have been formed anew.
     *
     * @return why there is none; null if there is
     */
    private @Nullable Throwable read(ClusterNodes told) {
        long asked = clock.nanoTime();
        ClusterView youngest = null;
        Throwable failure = null;
        for (HostAndPort candidate : told.candidates(seeds, suspects)) {
            try {
                Deadline deadline =
                        Deadline.after(root.timeouts().connect(), clock).within(PATIENCE);
                ClusterView view = reader.read(candidate, deadline);
                if (view.ranges().isEmpty()) {
                    throw new RedisException(candidate + " knows of no slots: the cluster has not been formed");
                }
                suspects.remove(candidate);
                if (youngest == null || view.epoch() > youngest.epoch()) {
                    youngest = view;
                }
                if (view.epoch() >= epoch) {
                    break;
                }
            } catch (Exception | Error failed) { // whatever it is: somebody waits
                suspects.add(candidate);
                failure = failed;
            }
        }
        if (youngest == null) {
            return failure == null ? new TimeoutException("there is nobody to ask") : failure;
        }
        epoch = youngest.epoch();
        told.apply(youngest, asked);
        return null;
    }

    private void notRead(Throwable failure) {
        lastFailure = failure;
        if (isKnown) {
            return;
        }
        Verdict verdict = classifier.apply(failure);
        if (verdict.call() == CallFate.PERMANENT) {
            CompletableFuture<Void> hopeless = known;
            known = new CompletableFuture<>();
            hopeless.completeExceptionally(new ConnectionFailedException(
                    root.name(),
                    "the topology of the cluster cannot be read: " + failure.getMessage(),
                    verdict,
                    failure));
        } else if (waiting.get() > 0) {
            Duration cap = root.options().connectBackoffCap();
            root.schedule(this::request, Duration.ofNanos((long) (cap.toNanos() * (1 + random.nextDouble()) / 2)));
        }
    }

    // ---- what hints at a change

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.ConnectionFailed failed) {
            String pool = failed.pool();
            suspect(HostAndPort.parse(pool.substring(root.name().length() + 1)));
        }
    }

    @Override
    public boolean wantsAcquires() {
        return false;
    }

    /** How often the topology has been read. */
    long readings() {
        return readings.sum();
    }

    boolean isKnown() {
        return isKnown;
    }

    void end() {
        ended = true;
        known.completeExceptionally(new PoolClosedException(root.name(), "is closed"));
    }
}
