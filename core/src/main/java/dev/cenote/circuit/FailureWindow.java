package dev.cenote.circuit;

/** The last calls, and how many of them failed. Thread-safe; a lock, because it is off unless a rate was asked for. */
final class FailureWindow {
    private final double rate;
    private final int minimumCalls;
    private final boolean[] failed;
    private int next;
    private int calls;
    private int failures;

    FailureWindow(double rate, int size, int minimumCalls) {
        this.rate = rate;
        this.minimumCalls = minimumCalls;
        this.failed = new boolean[size];
    }

    /** Records a call; true if too many of the last ones have failed. */
    synchronized boolean record(boolean failure) {
        if (calls == failed.length) {
            failures -= failed[next] ? 1 : 0;
        } else {
            calls++;
        }
        failed[next] = failure;
        failures += failure ? 1 : 0;
        next = (next + 1) % failed.length;
        return calls >= minimumCalls && failures >= rate * calls;
    }

    @Override
    public synchronized String toString() {
        return failures + " of the last " + calls + " calls failed";
    }
}
