package dev.cenote.decorators;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.retry.RetriedCall;
import dev.cenote.retry.Retry;
import java.time.Duration;
import java.util.Optional;

/** What decorates a call. Immutable. */
record Policies(
        String name,
        Effect effect,
        Optional<Retry> retry,
        Optional<Circuit> circuit,
        Optional<Bulkhead> bulkhead,
        Optional<Duration> timeout,
        TimeSource clock) {
    static final Policies NONE = new Policies(
            "call",
            Effect.NON_IDEMPOTENT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TimeSource.system());

    Policies withName(String other) {
        return new Policies(Check.notBlank("name", other), effect, retry, circuit, bulkhead, timeout, clock);
    }

    Policies withRetry(Retry policy, Effect ofCall) {
        return new Policies(name, ofCall, Optional.of(policy), circuit, bulkhead, timeout, clock);
    }

    Policies withCircuitBreaker(Circuit breaker) {
        return new Policies(name, effect, retry, Optional.of(breaker), bulkhead, timeout, clock);
    }

    Policies withBulkhead(Bulkhead other) {
        return new Policies(name, effect, retry, circuit, Optional.of(other), timeout, clock);
    }

    Policies withDeadline(Duration limit) {
        return new Policies(
                name, effect, retry, circuit, bulkhead, Optional.of(Check.positive("deadline", limit)), clock);
    }

    Policies withClock(TimeSource other) {
        return new Policies(name, effect, retry, circuit, bulkhead, timeout, other);
    }

    /** The deadline of a call that begins now on this thread. */
    Deadline deadline() {
        return timeout.map(limit -> Deadline.after(limit, clock))
                .orElseGet(Deadline::none)
                .earlier(Deadline.current());
    }

    RetriedCall about(Deadline deadline) {
        return RetriedCall.of(name, effect, deadline);
    }
}
