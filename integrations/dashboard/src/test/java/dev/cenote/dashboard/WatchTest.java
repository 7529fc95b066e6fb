package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of one pool. */
class WatchTest {
    private final FakePool pool =
            FakePool.builder(new FakeDatabase()).name("orders").maxSize(1).build();
    private final Watch watch = new Watch("orders", pool, true);

    @AfterEach
    void close() {
        watch.end();
        pool.close();
    }

    @Test
    void aFloodOfAcquiresIsBoundedAndWashesNothingElseAway() {
        watch.takeEvents();
        watch.onEvent(
                new PoolEvent.CircuitChanged("orders", "c", CircuitState.CLOSED, CircuitState.OPEN, "five failed"));
        for (int i = 0; i < 10_000; i++) {
            watch.onEvent(new PoolEvent.AcquireStarted("orders"));
        }
        ObjectNode batch = watch.takeEvents().orElseThrow();
        assertThat(batch.get("events")).hasSize(401);
        assertThat(batch.get("missed").asLong()).isEqualTo(9_600);
        assertThat(batch.at("/events/0/text").asText()).isEqualTo("circuit c closed to open: five failed");
        assertThat(watch.takeEvents()).isEmpty();
        assertThat(watch.history().get("events").toString())
                .contains("CircuitChanged")
                .doesNotContain("AcquireStarted");
    }

    @Test
    void noMoreThanTenMinutesAreKept() {
        for (int i = 0; i < Watch.HISTORY + 100; i++) {
            watch.sample();
        }
        assertThat(watch.history().get("samples")).hasSize(Watch.HISTORY);
        for (int i = 0; i < 1_000; i++) {
            watch.onEvent(new PoolEvent.PoolReady("orders"));
            watch.takeEvents();
        }
        assertThat(watch.history().get("events")).hasSize(200);
    }

    @Test
    void anOutageBetweenTwoSamplesIsSeen() {
        watch.sample();
        watch.onEvent(new PoolEvent.CircuitChanged("orders", "c", CircuitState.CLOSED, CircuitState.OPEN, "it failed"));
        watch.onEvent(
                new PoolEvent.CircuitChanged("orders", "c", CircuitState.OPEN, CircuitState.CLOSED, "it is well"));
        watch.sample();
        assertThat(watch.history().at("/samples/0/circuit").asText()).isEqualTo("OPEN");
        watch.sample();
        assertThat(watch.history().at("/samples/1/circuit").isNull()).isTrue();
    }

    @Test
    void whoWaitsStillIsTold() {
        try (var held = pool.acquire()) {
            assertThat(held.isClosed()).isFalse();
            var waiting = pool.acquireAsync();
            watch.sample();
            watch.sample();
            assertThat(watch.history().at("/samples/0/longestWaitMicros").isNumber())
                    .isTrue();
            assertThat(watch.snapshot().at("/sample/waiters").asInt()).isEqualTo(1);
            waiting.cancel(true);
        }
    }

    @Test
    void passwordsInADriversMessageAreMasked() {
        var error = new IOException("cannot reach postgres://app:open-sesame@db.example/shop");
        watch.onEvent(new PoolEvent.ConnectionFailed("orders", 1, 0, Duration.ofMillis(3), error));
        assertThat(watch.takeEvents().orElseThrow().toString())
                .contains("could not be opened within 3.00 ms", "db.example")
                .doesNotContain("open-sesame");
    }
}
