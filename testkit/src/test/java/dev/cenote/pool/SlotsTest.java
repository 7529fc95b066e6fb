package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.SlotView.State;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a pool shows of each of its slots. */
class SlotsTest extends EngineFixture {
    private static List<State> states(PoolEngine<?> engine) {
        return engine.slots().stream().map(SlotView::state).toList();
    }

    @Test
    void eachSlotSaysWhatBecomesOfIt() throws Exception {
        try (var engine = engine(options -> options.maxSize(3).operationTimeout(Duration.ofHours(1)))) {
            assertThat(states(engine)).containsExactly(State.EMPTY, State.EMPTY, State.EMPTY);
            Lease<FakeConnection> lease = engine.acquire();
            assertThat(states(engine)).containsOnlyOnce(State.LEASED);
            database.silent(true);
            CompletableFuture<Long> running = lease.executeAsync(whoAmI());
            until(engine, "it runs", stats -> states(engine).contains(State.RUNNING));
            database.silent(false);
            get(running);
            assertThat(states(engine)).containsOnlyOnce(State.LEASED);
            lease.close();
            assertThat(states(engine)).containsOnlyOnce(State.IDLE);
            advance(Duration.ofSeconds(5));
            assertThat(states(engine)).containsOnlyOnce(State.UNPROVEN);
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectionBeingOpenedIsShownWithoutANumber() {
        database.hangConnects(true);
        try (var engine = engine(options -> options.maxSize(1))) {
            CompletableFuture<Lease<FakeConnection>> waiting = engine.acquireAsync();
            until(engine, "it connects", stats -> stats.connecting() == 1);
            assertThat(engine.slots()).singleElement().satisfies(slot -> {
                assertThat(slot.state()).isEqualTo(State.CONNECTING);
                assertThat(slot.connectionId()).isEmpty();
                assertThat(slot.age()).isEmpty();
            });
            waiting.cancel(true);
            database.hangConnects(false);
        }
    }

    @Test
    void aConnectionNearItsEndIsAgeing() {
        try (var engine = engine(options -> options.maxSize(1).maxLifetime(Duration.ofMinutes(10)))) {
            try (Lease<FakeConnection> lease = engine.acquire()) {
                SlotView young = engine.slots().get(0);
                assertThat(young.connectionId()).hasValue(lease.connectionId());
                assertThat(young.isAgeing()).isFalse();
                assertThat(young.closes()).isEmpty();
                assertThat(young.expiresIn().orElseThrow()).isGreaterThan(Duration.ofMinutes(5));
                advance(Duration.ofMinutes(10));
                SlotView old = engine.slots().get(0);
                assertThat(old.age().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMinutes(9));
                assertThat(old.isAgeing()).isTrue();
                assertThat(old.expiresIn()).contains(Duration.ZERO);
                assertThat(old.closes()).contains(CloseReason.EXPIRED);
            }
            until(engine, "it is closed", stats -> stats.closed(CloseReason.EXPIRED) == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void withoutAMaximumLifetimeNothingAges() {
        try (var engine = engine(options -> options.maxSize(1).withoutMaxLifetime())) {
            engine.acquire().close();
            advance(Duration.ofDays(1));
            engine.acquire().close();
            assertThat(engine.slots()).singleElement().satisfies(slot -> {
                assertThat(slot.isAgeing()).isFalse();
                assertThat(slot.expiresIn()).isEmpty();
            });
            assertAtRest(engine);
        }
    }

    @Test
    void aSmallerPoolShowsTheSlotsThatAreStillHeld() {
        try (var engine = engine(options -> options.maxSize(3))) {
            List<Lease<FakeConnection>> all = List.of(engine.acquire(), engine.acquire(), engine.acquire());
            engine.resize(0, 1);
            assertThat(states(engine)).containsExactly(State.LEASED, State.LEASED, State.LEASED);
            all.forEach(Lease::close);
            // What is being closed counts in no size, but is shown until it is closed.
            until(engine, "two are closed", stats -> engine.slots().size() <= 2);
            assertThat(states(engine)).containsOnlyOnce(State.IDLE);
            assertAtRest(engine);
        }
    }

    @Test
    void aClearedPoolShowsWhatWillBeClosed() {
        try (var engine = engine(options -> options.maxSize(1))) {
            try (Lease<FakeConnection> lease = engine.acquire()) {
                engine.clear();
                assertThat(lease.isClosed()).isFalse();
                assertThat(engine.slots().get(0).closes()).contains(CloseReason.STALE);
            }
            until(engine, "it is closed", stats -> stats.closed(CloseReason.STALE) == 1);
            assertAtRest(engine);
        }
    }
}
