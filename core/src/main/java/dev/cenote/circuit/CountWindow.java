package dev.cenote.circuit;

import java.util.BitSet;

/** The last calls, so and so many: each takes the place of the oldest. */
final class CountWindow extends CallWindow {
    private final int size;
    private final BitSet failed = new BitSet();
    private final BitSet slowOnes = new BitSet();
    private int next;

    CountWindow(Rates rates, int size) {
        super(rates);
        this.size = size;
    }

    @Override
    void note(boolean hasFailed, boolean wasSlow) {
        if (calls < size) {
            calls++;
        } else {
            failures -= failed.get(next) ? 1 : 0;
            slow -= slowOnes.get(next) ? 1 : 0;
        }
        failed.set(next, hasFailed);
        slowOnes.set(next, wasSlow);
        failures += hasFailed ? 1 : 0;
        slow += wasSlow ? 1 : 0;
        next = next + 1 == size ? 0 : next + 1;
    }
}
