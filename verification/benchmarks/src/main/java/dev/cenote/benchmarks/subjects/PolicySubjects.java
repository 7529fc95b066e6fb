package dev.cenote.benchmarks.subjects;

import dev.cenote.PoolBuilder;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Verdict;
import dev.cenote.retry.RetryPolicy;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Timeout;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The same call on the same engine, with the policies of several libraries. */
public final class PolicySubjects {
    /** Cenote's retry, circuit and deadline. */
    public static final String CENOTE = "cenote-policies";

    /** The call without any. */
    public static final String NONE = "no-policies-no-pool";

    private static final String WITHOUT = "cenote-without-policies";
    private static final String RESILIENCE4J = "resilience4j";
    private static final String FAILSAFE = "failsafe";
    private static final String FAILSAFE_TIMEOUT = "failsafe-timeout";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private PolicySubjects() {}

    /** All of them, Cenote first. */
    public static List<String> names() {
        return List.of(CENOTE, WITHOUT, RESILIENCE4J, FAILSAFE, FAILSAFE_TIMEOUT, NONE);
    }

    /** Starts a pool of that size, full, and the policies of that name. */
    public static PolicySubject open(String name, int size) {
        boolean own = name.equals(CENOTE);
        var builder = new Builder().minSize(size).maxSize(size);
        if (own) {
            builder.retry(RetryPolicy.exponential().build())
                    .circuitBreaker(CircuitBreaker.builder().build());
        }
        StubPool pool = builder.build();
        fill(pool, size);
        Operation<Unit, Unit> operation = new Answer();
        Supplier<Unit> bare = () -> pool.execute(operation, Deadline.none());
        return switch (name) {
            case CENOTE -> new Running(pool, () -> pool.execute(operation));
            case WITHOUT -> new Running(pool, bare);
            case RESILIENCE4J -> new Running(pool, resilience4j(bare));
            case FAILSAFE -> new Running(pool, failsafe(bare, false));
            case FAILSAFE_TIMEOUT -> new Running(pool, failsafe(bare, true));
            case NONE -> {
                var unit = new Unit();
                yield new Running(pool, () -> unit);
            }
            default -> throw new IllegalArgumentException("subject must be one of " + names() + ", was " + name);
        };
    }

    static void fill(StubPool pool, int size) {
        var held = new ArrayList<Lease<Unit>>();
        for (int i = 0; i < size; i++) {
            held.add(pool.acquire());
        }
        held.forEach(Lease::close);
    }

    private static Supplier<Unit> resilience4j(Supplier<Unit> call) {
        var breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("db");
        return Retry.decorateSupplier(
                Retry.ofDefaults("db"),
                io.github.resilience4j.circuitbreaker.CircuitBreaker.decorateSupplier(breaker, call));
    }

    private static Supplier<Unit> failsafe(Supplier<Unit> call, boolean timeout) {
        var retry = dev.failsafe.RetryPolicy.<Unit>ofDefaults();
        var breaker = dev.failsafe.CircuitBreaker.<Unit>ofDefaults();
        FailsafeExecutor<Unit> executor =
                timeout ? Failsafe.with(Timeout.of(LIMIT), retry, breaker) : Failsafe.with(retry, breaker);
        return () -> executor.get(call::get);
    }

    private record Running(StubPool pool, Supplier<Unit> supplier) implements PolicySubject {
        @Override
        public Object call() {
            return supplier.get();
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /** A connection to nothing. */
    static final class Unit implements Connection {
        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(this);
        }
    }

    /** Answers at once. */
    static final class Answer implements Operation<Unit, Unit> {
        @Override
        public String name() {
            return "answer";
        }

        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.READ_ONLY;
        }

        @Override
        public Class<Unit> resultType() {
            return Unit.class;
        }

        @Override
        public Unit execute(Unit connection, Deadline deadline) {
            return connection;
        }
    }

    static final class StubPool extends ResilientPool<Unit> {
        StubPool(Parts<Unit> parts) {
            super(parts);
        }
    }

    static final class Builder extends PoolBuilder<Builder, StubPool> {
        @Override
        protected Builder self() {
            return this;
        }

        @Override
        public StubPool build() {
            return new StubPool(parts(
                    "stub",
                    new StubConnector(),
                    (error, phase) -> new Verdict(Verdict.ConnectionFate.EVICT, Verdict.CallFate.NOT_EXECUTED)));
        }
    }

    private static final class StubConnector implements Connector<Unit> {
        @Override
        public Unit open(Deadline deadline) {
            return new Unit();
        }

        @Override
        public void validate(Unit connection, Deadline deadline) {}

        @Override
        public boolean needsReset(Unit connection) {
            return false;
        }

        @Override
        public void reset(Unit connection, Deadline deadline) {}

        @Override
        public void close(Unit connection) {}

        @Override
        public void abort(Unit connection) {}
    }
}
