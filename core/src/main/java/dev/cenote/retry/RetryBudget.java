package dev.cenote.retry;

import dev.cenote.protocols.TimeSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds how much load retries may add: a token bucket that each call fills by a share of a token and each retry empties
 * by one. So a server that fails half of its calls, or all, gets at most that share more than it was asked for, whatever
 * the policies of single calls would have done. A service that makes few calls would earn nothing; it may always make
 * {@code minRetriesPerSecond}.
 *
 * <p>One budget may serve several policies and pools, which then share it. Thread-safe; never blocks. Each call costs the
 * increment of a striped counter; the rest is reckoned when a retry is asked for.
 *
 * <pre>{@code
 * RetryBudget shared = RetryBudget.builder().share(0.1).minRetriesPerSecond(5).build();
 * RetryPolicy policy = RetryPolicy.exponential().budget(shared).build();
 * }</pre>
 */
public final class RetryBudget {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What the builder collected. */
    record Options(double share, double minRetriesPerSecond, double capacity, TimeSource clock) {}

    private final Options options;
    private final LongAdder calls = new LongAdder();
    private final LongAdder refused = new LongAdder();

    // Under the monitor of this.
    private long callsSeen;
    private long seenNanos;
    /** Earned by calls. Below zero when the minimum rate has lent what calls had not earned yet; they repay it. */
    private double earned;
    /** What the minimum rate allows. */
    private double floor;

    private long spent;

    RetryBudget(Options options) {
        this.options = options;
        this.seenNanos = options.clock().nanoTime();
        this.floor = most(options);
    }

    /** A builder. */
    public static RetryBudgetBuilder builder() {
        return new RetryBudgetBuilder();
    }

    /** What may be saved of the minimum rate: a second's worth. */
    private static double most(Options options) {
        return options.minRetriesPerSecond() > 0 ? Math.max(1, options.minRetriesPerSecond()) : 0;
    }

    /** A call begins, whose first attempt is no retry. */
    void called() {
        calls.increment();
    }

    /** Takes leave for one retry; false if there is none. */
    boolean trySpend() {
        boolean allowed = spend();
        if (!allowed) {
            refused.increment();
        }
        return allowed;
    }

    private synchronized boolean spend() {
        reckon();
        if (earned < 1 && floor < 1) {
            return false;
        }
        earned = Math.max(earned - 1, -options.capacity());
        floor = Math.max(floor - 1, 0);
        spent++;
        return true;
    }

    private void reckon() {
        long now = options.clock().nanoTime();
        long sum = calls.sum();
        earned = Math.min(options.capacity(), earned + (sum - callsSeen) * options.share());
        floor = Math.min(most(options), floor + (now - seenNanos) / NANOS_PER_SECOND * options.minRetriesPerSecond());
        callsSeen = sum;
        seenNanos = now;
    }

    /** How many retries it would allow at this moment. */
    public synchronized int available() {
        reckon();
        return (int) Math.max(0, Math.max(earned, floor));
    }

    /** How many calls it has seen since it was made. */
    public long calls() {
        return calls.sum();
    }

    /** How many retries it has allowed since it was made. */
    public synchronized long spent() {
        return spent;
    }

    /** How many retries it has refused since it was made. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public String toString() {
        return "RetryBudget[share " + options.share() + ", minRetriesPerSecond " + options.minRetriesPerSecond()
                + ", available " + available() + ", calls " + calls() + ", spent " + spent() + ", refused " + refused()
                + "]";
    }
}
