package dev.cenote.cli.demo;

import dev.cenote.circuit.CircuitTransition;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the workers of one backend saw. Thread-safe. */
final class Tally implements PoolListener {
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

    private final Histogram acquires = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Histogram calls = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final ConcurrentMap<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> transitions = new ConcurrentHashMap<>();

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.AcquireSucceeded acquired) {
            record(acquires, acquired.waited().toNanos());
        }
    }

    void transition(CircuitTransition change) {
        count(transitions, change.from() + " to " + change.to());
    }

    void succeeded(boolean ledger, long tookNanos) {
        record(calls, tookNanos);
        succeeded.increment();
        if (ledger) {
            acknowledged.increment();
        }
    }

    void failed(boolean ledger, long tookNanos, RuntimeException error) {
        record(calls, tookNanos);
        failed.increment();
        count(errors, kind(error));
        if (ledger && mayHaveRun(error)) {
            unknown.increment();
        }
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(nanos / 1_000, LONGEST_MICROS));
    }

    private static void count(ConcurrentMap<String, LongAdder> counts, String key) {
        counts.computeIfAbsent(key, unused -> new LongAdder()).increment();
    }

    private static String kind(Throwable error) {
        Throwable last =
                error instanceof RetriesExhaustedException && error.getCause() != null ? error.getCause() : error;
        String name = last.getClass().getSimpleName().replace("Exception", "");
        return last instanceof OperationFailedException known
                ? name + " " + known.verdict().call()
                : name;
    }

    /** True if the write may be in the database although nobody acknowledged it. */
    private static boolean mayHaveRun(Throwable error) {
        if (error instanceof RetriesExhaustedException exhausted) {
            return exhausted.attempts().stream().anyMatch(attempt -> mayHaveRun(attempt.error()));
        }
        if (error instanceof OperationFailedException known) {
            CallFate fate = known.verdict().call();
            return fate == CallFate.UNKNOWN || fate == CallFate.COMMIT_UNKNOWN;
        }
        return false;
    }

    long operations() {
        return succeeded.sum() + failed.sum();
    }

    long failures() {
        return failed.sum();
    }

    long acknowledged() {
        return acknowledged.sum();
    }

    long unknown() {
        return unknown.sum();
    }

    Histogram acquires() {
        return acquires;
    }

    Histogram calls() {
        return calls;
    }

    Map<String, Long> errors() {
        return sums(errors);
    }

    Map<String, Long> transitions() {
        return sums(transitions);
    }

    private static Map<String, Long> sums(ConcurrentMap<String, LongAdder> counts) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }
}
