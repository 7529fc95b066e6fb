package dev.cenote.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.BulkheadFullException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.protocols.errors.StaleConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was said of each write: acknowledged, failed for sure, or of unknown fate. Thread-safe. */
final class Ledger {
    /** What the caller of a write was told. */
    enum Told {
        ACKNOWLEDGED,
        FAILED,
        UNKNOWN;

        static Told of(Throwable thrown) {
            Throwable error = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (error instanceof RetriesExhaustedException exhausted) {
                // One attempt of unknown fate is enough.
                return exhausted.attempts().stream().allMatch(attempt -> of(attempt.error()) == FAILED)
                        ? FAILED
                        : UNKNOWN;
            }
            if (error instanceof OperationFailedException failed) {
                CallFate fate = failed.verdict().call();
                return fate == CallFate.UNKNOWN || fate == CallFate.COMMIT_UNKNOWN ? UNKNOWN : FAILED;
            }
            boolean neverSent = error instanceof PoolException
                    || error instanceof ConnectionFailedException
                    || error instanceof CircuitOpenException
                    || error instanceof BulkheadFullException
                    || error instanceof StaleConnectionException;
            return neverSent ? FAILED : UNKNOWN;
        }
    }

    /** What was told of the increments of one counter. */
    private static final class Sums {
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong unknown = new AtomicLong();
    }

    private final Map<Integer, Sums> counters = new ConcurrentHashMap<>();
    private final Map<String, Told> rows = new ConcurrentHashMap<>();
    private final Map<Told, AtomicLong> told = new ConcurrentHashMap<>();

    void incremented(int counter, Told outcome) {
        count(outcome);
        Sums sums = counters.computeIfAbsent(counter, number -> new Sums());
        switch (outcome) {
            case ACKNOWLEDGED -> sums.acknowledged.incrementAndGet();
            case UNKNOWN -> sums.unknown.incrementAndGet();
            case FAILED -> {}
        }
    }

    void inserted(String row, Told outcome) {
        count(outcome);
        rows.put(row, outcome);
    }

    private void count(Told outcome) {
        told.computeIfAbsent(outcome, kind -> new AtomicLong()).incrementAndGet();
    }

    long count(List<Told> outcomes) {
        return outcomes.stream()
                .mapToLong(
                        outcome -> told.getOrDefault(outcome, new AtomicLong()).get())
                .sum();
    }

    /** What the server has that it should not, and the other way round; empty if all is well. */
    List<String> faults(Map<Integer, Long> serversCounters, Map<String, Long> serversRows) {
        var faults = new ArrayList<String>();
        counters.forEach((counter, sums) -> {
            long value = serversCounters.getOrDefault(counter, 0L);
            long least = sums.acknowledged.get();
            long most = least + sums.unknown.get();
            if (value < least) {
                faults.add("counter " + counter + " lost " + (least - value) + " acknowledged increments");
            } else if (value > most) {
                faults.add("counter " + counter + " has " + (value - most) + " increments too many");
            }
        });
        rows.forEach((row, outcome) -> {
            long times = serversRows.getOrDefault(row, 0L);
            if (outcome == Told.ACKNOWLEDGED && times == 0) {
                faults.add("row " + row + " was acknowledged and is lost");
            } else if (outcome == Told.FAILED && times > 0) {
                faults.add("row " + row + " was reported as failed and is there");
            } else if (times > 1) {
                faults.add("row " + row + " is there " + times + " times");
            }
        });
        return faults;
    }

    void assertTrue(Map<Integer, Long> serversCounters, Map<String, Long> serversRows) {
        assertThat(faults(serversCounters, serversRows)).isEmpty();
    }
}
