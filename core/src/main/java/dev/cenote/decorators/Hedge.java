package dev.cenote.decorators;

import dev.cenote.protocols.Check;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * When a call that takes long is made a second time beside the first, whose answer then counts that comes first. It buys
 * a shorter tail for more load, and so is off unless asked for, and for calls that read only: a pool hedges nothing else,
 * and never takes for it a connection that somebody may need: the second attempt is made only if one is idle.
 *
 * <p>The delay should be about the 95th percentile of the call's time: then one call in twenty is made twice.
 *
 * <p>Thread-safe.
 */
public final class Hedge {
    private final Duration delay;
    private final LongAdder hedged = new LongAdder();
    private final LongAdder won = new LongAdder();

    private Hedge(Duration delay) {
        this.delay = Check.positive("delay", delay);
    }

    /**
     * Makes a second attempt once the first has run for {@code delay}.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException unless it is longer than zero
     */
    public static Hedge after(Duration delay) {
        return new Hedge(delay);
    }

    /** How long the first attempt runs alone. */
    public Duration delay() {
        return delay;
    }

    /** How many second attempts were made. */
    public long hedged() {
        return hedged.sum();
    }

    /** How many of the second attempts answered first. */
    public long won() {
        return won.sum();
    }

    void begun() {
        hedged.increment();
    }

    void wins() {
        won.increment();
    }

    @Override
    public String toString() {
        return "Hedge[after " + delay + ", hedged " + hedged() + ", won " + won() + "]";
    }
}
