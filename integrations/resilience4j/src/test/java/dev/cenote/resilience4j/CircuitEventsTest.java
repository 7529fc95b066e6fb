package dev.cenote.resilience4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pools tell of the changes of a user's circuit breaker. */
class CircuitEventsTest {
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "db",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(2)
                    .minimumNumberOfCalls(2)
                    .build());
    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    Path folder;

    /** Hears of changes on the thread on which they happen, of which there is one here. */
    private static final class Heard implements PoolListener {
        final List<PoolEvent.CircuitChanged> changes = new ArrayList<>();

        @Override
        public void onEvent(PoolEvent event) {
            if (event instanceof PoolEvent.CircuitChanged change) {
                changes.add(change);
            }
        }

        @Override
        public boolean isDirect() {
            return true;
        }
    }

    private FakePool pool(String name, CircuitBreaker of, PoolListener listener) {
        return FakePool.builder(database)
                .name(name)
                .minSize(0)
                .maxSize(2)
                .circuitBreaker(Resilience4j.circuit(of))
                .listener(listener)
                .build();
    }

    private static List<CircuitState> states(Heard heard) {
        return heard.changes.stream().map(PoolEvent.CircuitChanged::to).toList();
    }

    @Test
    void eachChangeIsAnEventOfThePool() {
        var heard = new Heard();
        try (var pool = pool("orders", breaker, heard)) {
            breaker.transitionToOpenState();
            breaker.transitionToHalfOpenState();
            breaker.transitionToClosedState();
            breaker.transitionToForcedOpenState();
            breaker.transitionToDisabledState();
            breaker.reset();
            assertThat(states(heard))
                    .containsExactly(
                            CircuitState.OPEN,
                            CircuitState.HALF_OPEN,
                            CircuitState.CLOSED,
                            CircuitState.FORCED_OPEN,
                            CircuitState.FORCED_CLOSED,
                            CircuitState.CLOSED);
            assertThat(heard.changes)
                    .allMatch(change -> change.pool().equals("orders"))
                    .allMatch(change -> change.circuit().equals("db"));
            assertThat(heard.changes.get(1).from()).isEqualTo(CircuitState.OPEN);
            Consistency.assertAtRest(pool);
        }
    }

    @Test
    void theReasonSaysWhatOpenedIt() {
        var heard = new Heard();
        try (var pool = pool("orders", breaker, heard)) {
            var circuit = pool.circuit().orElseThrow();
            circuit.recordSuccess();
            circuit.recordFailure(new IOException("connection reset"));
            assertThat(heard.changes)
                    .singleElement()
                    .satisfies(change -> assertThat(change.reason())
                            .isEqualTo("resilience4j went from CLOSED to OPEN, at a failure rate of 50 %"
                                    + " and a slow call rate of 0 %"));
            breaker.reset();
            assertThat(heard.changes.get(1).reason()).isEqualTo("resilience4j went from OPEN to CLOSED");
        }
    }

    @Test
    void whatIsOneStateHereIsNoChange() {
        var heard = new Heard();
        try (var pool = pool("orders", breaker, heard)) {
            assertThat(pool.circuit()).isPresent();
            breaker.transitionToMetricsOnlyState();
            breaker.reset();
            breaker.reset();
            assertThat(heard.changes).isEmpty();
        }
    }

    @Test
    void eachPoolOfABreakerHearsOfIt() {
        var ofOrders = new Heard();
        var ofUsers = new Heard();
        try (var orders = pool("orders", breaker, ofOrders)) {
            try (var users = pool("users", breaker, ofUsers)) {
                assertThat(List.of(orders.name(), users.name())).containsExactly("orders", "users");
                breaker.transitionToOpenState();
            }
            breaker.transitionToHalfOpenState();
        }
        assertThat(states(ofOrders)).containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN);
        assertThat(states(ofUsers)).as("closed meanwhile").containsExactly(CircuitState.OPEN);
    }

    @Test
    void aListenerThatThrowsKeepsItFromNobody() {
        var circuit = Resilience4j.circuit(breaker);
        var heard = new ArrayList<CircuitState>();
        circuit.attach(transition -> {
            throw new IllegalStateException("in a listener");
        });
        circuit.attach(transition -> heard.add(transition.to()));
        breaker.transitionToOpenState();
        assertThat(heard).containsExactly(CircuitState.OPEN);
    }

    /** Resilience4j takes no consumer back: one for each pool would be left of pools that come and go. */
    @Test
    void onlyOneConsumerIsLeftOfPoolsThatComeAndGo() {
        var publishers = new AtomicInteger();
        var counted = (CircuitBreaker) Proxy.newProxyInstance(
                CircuitBreaker.class.getClassLoader(), new Class<?>[] {CircuitBreaker.class}, (self, method, given) -> {
                    if (method.getName().equals("getEventPublisher")) {
                        publishers.incrementAndGet();
                    }
                    return method.invoke(breaker, given);
                });
        for (int i = 0; i < 3; i++) {
            var heard = new Heard();
            pool("orders", counted, heard).close();
            breaker.transitionToOpenState();
            breaker.transitionToClosedState();
            assertThat(heard.changes).isEmpty();
        }
        assertThat(publishers).hasValue(1);
    }

    @Test
    void aFlightRecordingHasThem() throws IOException {
        try (var recording = new Recording()) {
            recording.enable("dev.cenote.Circuit");
            recording.start();
            try (var pool = pool("flown", breaker, new Heard())) {
                assertThat(pool.circuit()).isPresent();
                breaker.transitionToOpenState();
            }
            recording.stop();
            Path file = folder.resolve("flight.jfr");
            recording.dump(file);
            assertThat(RecordingFile.readAllEvents(file))
                    .filteredOn(event -> event.getEventType().getName().equals("dev.cenote.Circuit"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getString("pool")).isEqualTo("flown");
                        assertThat(event.getString("circuit")).isEqualTo("db");
                        assertThat(event.getString("to")).isEqualTo("open");
                    });
        }
    }
}
