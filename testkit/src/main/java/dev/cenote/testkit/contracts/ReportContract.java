package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.PoolBuilder;
import dev.cenote.pool.AcquireSites;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Suspicion.Cause;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.PoolExhaustedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an exhausted pool says: who holds what, who waits, and what it suspects. */
abstract class ReportContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>>
        extends StateContract<C, B> {
    private static final Duration WAIT = Duration.ofMillis(600);

    /**
     * A read-only operation that goes on for two seconds or more, on the server where that has one. Default: one that asks
     * the server, then holds the connection.
     */
    protected Operation<? super C, ?> slow() {
        return new Slow<>(ping());
    }

    private record Slow<C extends Connection>(Operation<? super C, ?> first) implements Operation<C, Boolean> {
        @Override
        public String name() {
            return "slow";
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
        public Class<Boolean> resultType() {
            return Boolean.class;
        }

        @Override
        public Boolean execute(C connection, Deadline deadline) throws Exception {
            first.execute(connection, deadline);
            return new CountDownLatch(1).await(2, TimeUnit.SECONDS);
        }
    }

    private Pool<C> small(Duration acquireTimeout) {
        return builder()
                .maxSize(2)
                .acquireTimeout(acquireTimeout)
                .keeperInterval(Duration.ofMillis(10))
                .acquireSites(AcquireSites.ALL)
                .build();
    }

    private static PoolReport exhausted(Pool<?> pool) {
        return catchThrowableOfType(PoolExhaustedException.class, pool::acquire).report();
    }

    @Test
    void aLeakIsSuspected() throws Exception {
        try (Pool<C> pool = small(WAIT)) {
            List<Lease<C>> forgotten = new ArrayList<>();
            Threads.join(List.of(Threads.start(() -> {
                Lease<C> lease = pool.acquire();
                lease.execute(ping());
                forgotten.add(lease);
                forgotten.add(pool.acquire());
            })));

            PoolReport report = exhausted(pool);

            assertThat(report.suspicions()).singleElement().satisfies(suspicion -> {
                assertThat(suspicion.cause()).isEqualTo(Cause.LEAK);
                assertThat(suspicion.evidence())
                        .startsWith("2 of 2 connections held have not been used for ")
                        .contains("acquired at ", "ReportContract", "by threads that have ended");
            });
            assertThat(report.holders())
                    .hasSize(2)
                    .allSatisfy(holder -> assertThat(holder.running()).isFalse());
            assertThat(report.waiters())
                    .singleElement()
                    .satisfies(waiter -> assertThat(waiter.holds()).isZero());
            forgotten.forEach(Lease::close);
            assertAtRest(pool);
        }
    }

    @Test
    void slowQueriesAreSuspected() throws Exception {
        try (Pool<C> pool = small(WAIT)) {
            Runnable querying = () -> pool.execute(slow());
            List<CompletableFuture<Void>> queries = List.of(Threads.start(querying), Threads.start(querying));
            until(
                    pool,
                    "they run",
                    stats -> pool.holders().stream()
                                    .filter(holder -> holder.running())
                                    .count()
                            == 2);

            PoolReport report = exhausted(pool);

            assertThat(report.suspicions()).singleElement().satisfies(suspicion -> {
                assertThat(suspicion.cause()).isEqualTo(Cause.SLOW_QUERIES);
                assertThat(suspicion.evidence()).contains("all connections are busy", " running " + slow().name());
            });
            Threads.join(queries);
            assertAtRest(pool);
        }
    }

    @Test
    void aNestedAcquireIsSuspected() throws Exception {
        try (Pool<C> pool = small(WAIT)) {
            var bothHold = new CyclicBarrier(2);
            List<AcquireTimeoutException> failures = Collections.synchronizedList(new ArrayList<>());
            Runnable nested = () -> {
                try (Lease<C> outer = pool.acquire()) {
                    outer.execute(ping());
                    await(bothHold);
                    failures.add(catchThrowableOfType(AcquireTimeoutException.class, pool::acquire));
                    await(bothHold); // else the first to give up would serve the other
                }
            };
            Threads.join(List.of(Threads.start(nested), Threads.start(nested)));

            assertThat(failures)
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure.suspicion()).hasValueSatisfying(suspicion -> {
                        assertThat(suspicion.cause()).isEqualTo(Cause.NESTED_ACQUIRE);
                        assertThat(suspicion.evidence()).contains("and holds 1 connection");
                    }));
            assertThat(failures.get(0)).hasMessageContaining("suspected nested acquire: ");
            assertAtRest(pool);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void tooSmallAPoolIsSuspected() throws Exception {
        try (Pool<C> pool = small(GENEROUS)) {
            var enough = new AtomicBoolean();
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                callers.add(Threads.start(() -> {
                    while (!enough.get()) {
                        try (Lease<C> lease = pool.acquire()) {
                            for (int use = 0; use < 5; use++) {
                                lease.execute(ping());
                            }
                        }
                    }
                }));
            }
            until(
                    pool,
                    "the pool is suspected to be too small",
                    stats -> pool.report()
                            .suspicion()
                            .map(Suspicion::cause)
                            .filter(Cause.POOL_TOO_SMALL::equals)
                            .isPresent());
            enough.set(true);
            Threads.join(callers);
            assertAtRest(pool);
        }
    }

    @Test
    void nothingIsSuspectedOfAPoolThatServes() {
        try (Pool<C> pool = small(WAIT);
                Lease<C> lease = pool.acquire()) {
            lease.execute(ping());
            PoolReport report = pool.report();
            assertThat(report.suspicions()).isEmpty();
            assertThat(report.waiters()).isEmpty();
            assertThat(report.holders()).hasSize(1);
            assertThat(report.lastConnectFailure()).isEmpty();
            assertThat(report.toString())
                    .startsWith("UP: pool " + pool.name() + " serves\n")
                    .contains("holder: connection ");
        }
    }

    @Test
    void waitsAndConnectsAreMeasured() throws Exception {
        try (Pool<C> pool = small(GENEROUS)) {
            Lease<C> first = pool.acquire();
            Lease<C> second = pool.acquire();
            CompletableFuture<Lease<C>> waiting = pool.acquireAsync();
            first.close();
            waiting.get(30, TimeUnit.SECONDS).close();
            second.close();
            assertAtRest(pool);
            var stats = pool.stats();
            assertThat(stats.waits().count()).as("waits").isEqualTo(stats.acquired());
            assertThat(stats.waits().max()).as("longest wait").isPositive();
            assertThat(stats.connects().count()).as("connects").isEqualTo(stats.created());
            assertThat(stats.connects().max()).as("longest connect").isPositive();
            assertThat(stats.uses().count()).as("uses after a wait").isPositive();
        }
    }
}
