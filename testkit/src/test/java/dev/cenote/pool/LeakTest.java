package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Holder;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who holds a connection for too long, and whether it uses it. */
class LeakTest extends EngineFixture {
    private PoolEngine<FakeConnection> watched() {
        return engine(options -> options.maxSize(2)
                .leakThreshold(Duration.ofSeconds(10))
                .operationTimeout(Duration.ofHours(1))
                .acquireSites(AcquireSites.ALL));
    }

    @Test
    void whoHoldsAConnectionAndRunsNothingOnItIsALeak() {
        try (var engine = watched();
                var forgotten = engine.acquire()) {
            advance(Duration.ofSeconds(9));
            assertThat(engine.stats().leaks()).isZero();
            advance(Duration.ofSeconds(30));
            assertThat(engine.stats().leaks()).isEqualTo(1);
            assertThat(engine.stats().slowUses()).isZero();
            assertThat(forgotten.age()).isBetween(Duration.ofSeconds(38), Duration.ofSeconds(39));
        }
    }

    @Test
    void whoStillRunsAnOperationIsSlowUseAndNoLeak() throws Exception {
        try (var engine = watched()) {
            var lease = engine.acquire();
            database.silent(true);
            CompletableFuture<Long> running = lease.executeAsync(whoAmI());
            advance(Duration.ofSeconds(60));
            assertThat(engine.stats().slowUses()).isEqualTo(1);
            assertThat(engine.stats().leaks()).isZero();
            database.silent(false);
            get(running);
            lease.close();
            assertAtRest(engine);
        }
    }

    @Test
    void slowUseThatIsForgottenAtLastBecomesALeak() {
        try (var engine = watched();
                var lease = engine.acquire()) {
            advance(Duration.ofSeconds(9));
            lease.execute(whoAmI());
            advance(Duration.ofSeconds(5));
            assertThat(engine.stats().slowUses()).isEqualTo(1);
            assertThat(engine.stats().leaks()).isZero();
            advance(Duration.ofSeconds(10));
            assertThat(engine.stats().leaks()).isEqualTo(1);
        }
    }

    @Test
    void theReportSaysWhereTheConnectionWasAcquired() {
        try (var engine = watched();
                var lease = engine.acquire()) {
            lease.execute(whoAmI());
            Holder holder = engine.holders().get(0);
            assertThat(holder.acquiredAt()).isNotEmpty();
            assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(holder.lastOperation()).isPresent();
        }
    }

    @Test
    void whenSamplingWhoWaitedIsRemembered() throws Exception {
        try (var engine = engine(options -> options.maxSize(1).acquireSites(AcquireSites.SAMPLED))) {
            engine.acquire().close(); // waited for the connect
            var quick = engine.acquire();
            assertThat(engine.holders().get(0).acquiredAt()).isEmpty();
            var waiting = acquiring(engine);
            quick.close();
            try (var slow = get(waiting)) {
                assertThat(engine.holders().get(0).acquiredAt()).isNotEmpty();
                assertThat(slow.isClosed()).isFalse();
            }
            assertAtRest(engine);
        }
    }
}
