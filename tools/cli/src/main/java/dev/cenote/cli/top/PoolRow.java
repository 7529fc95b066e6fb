package dev.cenote.cli.top;

import java.util.List;
import java.util.Optional;

/**
 * A pool at one moment.
 *
 * @param name its name
 * @param state whether it serves
 * @param health the grade
 * @param reason why
 * @param sizes how large it is
 * @param totals what was counted since it was made
 * @param waitP99Millis how long one of a hundred acquires took at least, if some were measured
 * @param useP99Millis how long one of a hundred leases was held at least, if some were measured
 * @param circuit state of its circuit, if it has one
 * @param suspicions what the figures suggest as the reason why callers wait
 */
record PoolRow(
        String name,
        String state,
        String health,
        String reason,
        Sizes sizes,
        Totals totals,
        Optional<Double> waitP99Millis,
        Optional<Double> useP99Millis,
        Optional<String> circuit,
        List<String> suspicions) {

    /** How large a pool is. */
    record Sizes(int leased, int idle, int connecting, int maxSize, int waiters) {}

    /** What was counted since a pool was made. */
    record Totals(long acquired, long timedOut, long failed, long created) {
        static final Totals NONE = new Totals(0, 0, 0, 0);

        Totals since(Totals before) {
            return new Totals(
                    Math.max(0, acquired - before.acquired),
                    Math.max(0, timedOut - before.timedOut),
                    Math.max(0, failed - before.failed),
                    Math.max(0, created - before.created));
        }
    }

    boolean isUp() {
        return health.equals("UP");
    }
}
