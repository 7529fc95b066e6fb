package dev.cenote.benchmarks.scenarios;

/** How much time a run may take. */
public enum Effort {
    /** Seconds: shows that it works, measures nothing. */
    SMOKE(1, 1, 1, 50),
    /** Within ten minutes in all. */
    QUICK(1, 2, 3, 250),
    /** As long as it takes. */
    FULL(3, 3, 5, 1_000);

    private final int rounds;
    private final int warmups;
    private final int iterations;
    private final int iterationMillis;

    Effort(int rounds, int warmups, int iterations, int iterationMillis) {
        this.rounds = rounds;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
    }

    /** How often each row is measured; the report gives the median. */
    public int rounds() {
        return rounds;
    }

    int warmups() {
        return warmups;
    }

    int iterations() {
        return iterations;
    }

    int iterationMillis() {
        return iterationMillis;
    }

    /** One of three, by effort. */
    <T> T choose(T smoke, T quick, T full) {
        return switch (this) {
            case SMOKE -> smoke;
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
