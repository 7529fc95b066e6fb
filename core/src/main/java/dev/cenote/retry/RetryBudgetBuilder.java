package dev.cenote.retry;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.TimeSource;
import java.util.Objects;

/** Collects the parts of a {@link RetryBudget}. Each method checks its argument at once. Not thread-safe. */
public final class RetryBudgetBuilder {
    private double share = 0.2;
    private double minRetriesPerSecond = 10;
    private double capacity = 1_000;
    private TimeSource clock = TimeSource.system();

    RetryBudgetBuilder() {}

    /**
     * Retries allowed for each call. Default 0.2: with everything failing, the server gets 1.2 times the calls.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless it lies between 0 and 10
     */
    public RetryBudgetBuilder share(double share) {
        this.share = Check.between("share", 0, 10, share);
        return this;
    }

    /**
     * Retries allowed in each second however few calls there are; not on top of the share. Default 10.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless it lies between 0 and 1,000,000
     */
    public RetryBudgetBuilder minRetriesPerSecond(double minRetriesPerSecond) {
        this.minRetriesPerSecond = Check.between("minRetriesPerSecond", 0, 1_000_000, minRetriesPerSecond);
        return this;
    }

    /**
     * Most retries that can be saved up in good times, to be spent at once in bad ones. Default 1,000.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless it is at least 1
     */
    public RetryBudgetBuilder capacity(int capacity) {
        this.capacity = Check.atLeast("capacity", 1, capacity);
        return this;
    }

    /** The clock for the minimum rate. Default the machine's. */
    public RetryBudgetBuilder clock(TimeSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** The budget. */
    public RetryBudget build() {
        return new RetryBudget(new RetryBudget.Options(share, minRetriesPerSecond, capacity, clock));
    }
}
