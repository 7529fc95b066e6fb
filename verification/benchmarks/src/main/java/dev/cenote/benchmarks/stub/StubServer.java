package dev.cenote.benchmarks.stub;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What connects are made to: well, slow, hanging or refusing, as it is told; counts connects. Thread-safe. */
public final class StubServer {
    private static final Map<Integer, StubServer> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile State state;

    /** A server on which connecting takes no time. */
    public StubServer() {
        this(Duration.ZERO);
    }

    /** A server on which each connect takes that long. */
    public StubServer(Duration connectTime) {
        state = well(connectTime);
        ALL.put(number, this);
    }

    /** The server of a URL that {@link #url()} gave. */
    static Optional<StubServer> of(String url) {
        return url.startsWith(StubDriver.PREFIX)
                ? Optional.ofNullable(ALL.get(Integer.valueOf(url.substring(StubDriver.PREFIX.length()))))
                : Optional.empty();
    }

    /** For {@link StubDriver}. */
    public String url() {
        return StubDriver.PREFIX + number;
    }

    /**
     * Connects as a driver without a connect time-out does: blocks for as long as the server lets it, deaf to interrupts.
     *
     * @throws SQLException if the server refuses, or a hanging connect has come to nothing
     */
    public StubConnection connect() throws SQLException {
        begun.incrementAndGet();
        state.connect();
        opened.incrementAndGet();
        return new StubConnection();
    }

    /** From now on each connect takes that long. Connects that hang go on hanging. */
    public void getWell(Duration connectTime) {
        state = well(connectTime);
    }

    /** From now on each connect fails at once. */
    public void refuse() {
        state = () -> {
            throw new SQLTransientConnectionException("connection refused", "08001");
        };
    }

    /**
     * From now on each connect hangs, and then fails.
     *
     * @return ends the hanging: connects that hang succeed
     */
    public Runnable hang(Duration time) {
        var freed = new CountDownLatch(1);
        state = () -> {
            if (!awaitUninterruptibly(freed, time)) {
                throw new SQLTransientConnectionException("connect timed out", "08001");
            }
        };
        return freed::countDown;
    }

    /** Connects so far, those that failed or hang included. */
    public int begun() {
        return begun.get();
    }

    /** Connects so far that succeeded. */
    public int opened() {
        return opened.get();
    }

    private static State well(Duration connectTime) {
        return () -> {
            if (!connectTime.isZero()) {
                awaitUninterruptibly(new CountDownLatch(1), connectTime);
            }
        };
    }

    private static boolean awaitUninterruptibly(CountDownLatch latch, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException deaf) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What becomes of a connect. */
    private interface State {
        void connect() throws SQLException;
    }
}
