package dev.cenote.circuit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the last calls ended, and whether too many of them failed or were slow. Thread-safe. */
abstract class CallWindow {
    /**
     * What is too much, once there were enough calls.
     *
     * @param failures share of failures that is too high; empty if they are not counted
     * @param slow share of slow calls that is too high; empty if they are not counted
     */
    record Rates(Optional<Double> failures, Optional<Double> slow, int minimumCalls) {}

    private final Rates rates;
    int calls;
    int failures;
    int slow;

    CallWindow(Rates rates) {
        this.rates = rates;
    }

    /** Makes room for a call and notes it. Under the monitor of this. */
    abstract void note(boolean failed, boolean wasSlow);

    /** Notes a call; gives the reason to open if too many now failed or were slow. */
    final synchronized @Nullable String tooHighAfter(boolean failed, boolean wasSlow) {
        note(failed, wasSlow);
        if (calls < rates.minimumCalls()) {
            return null;
        }
        if (isTooHigh(failures, rates.failures())) {
            return failures + " of " + calls + " calls failed";
        }
        return isTooHigh(slow, rates.slow()) ? slow + " of " + calls + " calls were slow" : null;
    }

    /** The quotient is rounded as the share was when it was read; 0.55 * 100 would be more than 55. */
    private boolean isTooHigh(int count, Optional<Double> share) {
        return share.isPresent() && count > 0 && (double) count / calls >= share.get();
    }
}
