package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.retry.RetriedCall;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/** What decorates a call. Immutable. */
record Policies(
        String name,
        Effect effect,
        Optional<RetryPolicy> retry,
        Optional<CircuitBreaker> circuit,
        Optional<Duration> timeout,
        TimeSource clock) {
    static final Policies NONE = new Policies(
            "call", Effect.NON_IDEMPOTENT, Optional.empty(), Optional.empty(), Optional.empty(), TimeSource.system());

    Policies withName(String other) {
        return new Policies(Check.notBlank("name", other), effect, retry, circuit, timeout, clock);
    }

    Policies withRetry(RetryPolicy policy, Effect ofCall) {
        return new Policies(name, ofCall, Optional.of(policy), circuit, timeout, clock);
    }

    Policies withCircuitBreaker(CircuitBreaker breaker) {
        return new Policies(name, effect, retry, Optional.of(breaker), timeout, clock);
    }

    Policies withDeadline(Duration limit) {
        return new Policies(name, effect, retry, circuit, Optional.of(Check.positive("deadline", limit)), clock);
    }

    Policies withClock(TimeSource other) {
        return new Policies(name, effect, retry, circuit, timeout, other);
    }

    /** The deadline of a call that begins now. */
    Deadline deadline() {
        return timeout.map(limit -> Deadline.after(limit, clock)).orElseGet(Deadline::none);
    }

    RetriedCall about(Deadline deadline) {
        return new RetriedCall(name, effect, deadline);
    }
}
