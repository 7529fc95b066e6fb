package dev.cenote.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import dev.cenote.testkit.fakes.ManualClock;
import dev.cenote.testkit.fakes.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** An engine whose time a test turns, on a database that does as the test says. */
abstract class EngineFixture {
    final FakeDatabase database = new FakeDatabase();
    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);

    /** An engine whose deadlines, lifetimes and keeper follow {@link #clock}. */
    PoolEngine<FakeConnection> engine(UnaryOperator<PoolOptionsBuilder.Plain> options) {
        return new PoolEngine<>(
                options.apply(PoolOptions.builder().name("engine")).build(),
                database,
                FakePool::classify,
                PoolRuntime.system().withClock(clock).withScheduler(scheduler),
                List.of());
    }

    /** An acquire that runs while the test turns the clock. */
    CompletableFuture<Lease<FakeConnection>> acquiring(PoolEngine<FakeConnection> engine) {
        CompletableFuture<Lease<FakeConnection>> result = CompletableFuture.supplyAsync(engine::acquire);
        Consistency.until(engine, "it waits", stats -> stats.waiters() > 0 || result.isDone());
        return result;
    }

    void advance(Duration time) {
        scheduler.advance(time);
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void nothingForbiddenHappened() {
        database.silent(false);
        database.deaf(false);
        database.hangConnects(false);
        assertThat(database.faults()).isEmpty();
    }
}
