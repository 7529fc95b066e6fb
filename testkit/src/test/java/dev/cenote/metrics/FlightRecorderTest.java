package dev.cenote.metrics;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.pool.AcquireSites;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording has of a pool. */
class FlightRecorderTest {
    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init")
    FlightRecorderTest() {}

    private List<RecordedEvent> recorded(Recording recording, String name) throws IOException {
        recording.stop();
        Path file = folder.resolve("flight.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static Recording recording(String... events) {
        var recording = new Recording();
        for (String event : events) {
            recording.enable(event).withoutThreshold();
        }
        recording.start();
        return recording;
    }

    private FakePool.Builder builder() {
        return FakePool.builder(database).name("flown").maxSize(1).keeperInterval(Duration.ofMillis(10));
    }

    @Test
    void anAcquireThatHadToWaitStandsThereWithItsThread() throws Exception {
        try (Recording recording = recording("dev.cenote.Acquire");
                FakePool pool = builder().build()) {
            Lease<FakeConnection> held = pool.acquire();
            CompletableFuture<Lease<FakeConnection>> waiting = pool.acquireAsync();
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(20))).isInstanceOf(AcquireTimeoutException.class);
            held.close();
            waiting.get(30, TimeUnit.SECONDS).close();
            assertAtRest(pool);

            List<RecordedEvent> events = recorded(recording, "dev.cenote.Acquire");
            assertThat(events).anySatisfy(event -> {
                assertThat(event.getBoolean("succeeded")).isFalse();
                assertThat(event.getString("pool")).isEqualTo("flown");
                assertThat(event.getString("phase")).isEqualTo("WAITING");
                assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
                assertThat(event.getThread().getJavaName())
                        .isEqualTo(Thread.currentThread().getName());
                assertThat(event.getString("suspicion")).startsWith("nested acquire: ");
                assertThat(event.getStackTrace().getFrames())
                        .anySatisfy(
                                frame -> assertThat(frame.getMethod().getType().getName())
                                        .isEqualTo(FlightRecorderTest.class.getName()));
            });
            assertThat(events).anySatisfy(event -> {
                assertThat(event.getBoolean("succeeded")).isTrue();
                assertThat(event.getLong("connectionId")).isEqualTo(1);
            });
        }
    }

    @Test
    void connectsAndClosesStandThereWithReasonAndTime() throws Exception {
        try (Recording recording = recording("dev.cenote.Connect", "dev.cenote.Close")) {
            try (FakePool pool = builder().build()) {
                database.failConnects(new IOException("no route to redis://:geheim@db.example"));
                CompletableFuture<Long> call = pool.executeAsync(whoAmI());
                until(pool, "a connect has failed", stats -> stats.connectFailures() > 0);
                database.failConnects(null);
                call.get(30, TimeUnit.SECONDS);
                assertAtRest(pool);
            }
            assertThat(recorded(recording, "dev.cenote.Connect"))
                    .anySatisfy(event -> {
                        assertThat(event.getBoolean("succeeded")).isFalse();
                        assertThat(event.getString("error"))
                                .contains("redis://:***@db.example")
                                .doesNotContain("geheim");
                    })
                    .anySatisfy(event -> {
                        assertThat(event.getBoolean("succeeded")).isTrue();
                        assertThat(event.getDuration("took")).isPositive();
                    });
        }
        try (Recording recording = recording("dev.cenote.Close")) {
            try (FakePool pool = builder().build()) {
                pool.execute(whoAmI());
            }
            assertThat(recorded(recording, "dev.cenote.Close"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("reason")).isEqualTo("POOL_CLOSED"));
        }
    }

    @Test
    void aLeakStandsThereWithItsHolder() throws Exception {
        // The site is noted once the lease is there, and noting the first of a JVM takes its time.
        Duration threshold = Duration.ofMillis(300);
        try (Recording recording = recording("dev.cenote.Leak");
                FakePool pool = builder()
                        .leakThreshold(threshold)
                        .acquireSites(AcquireSites.ALL)
                        .build()) {
            Lease<FakeConnection> forgotten = pool.acquire();
            until(pool, "it is reported", stats -> stats.leaks() == 1);
            forgotten.close();
            assertThat(recorded(recording, "dev.cenote.Leak")).singleElement().satisfies(event -> {
                assertThat(event.getString("holder"))
                        .isEqualTo(Thread.currentThread().getName());
                assertThat(event.getString("acquiredAt")).contains("aLeakStandsThereWithItsHolder");
                assertThat(event.getDuration("held")).isGreaterThan(threshold);
            });
            assertAtRest(pool);
        }
    }

    @Test
    void aCircuitsChangeStandsThereWithItsReason() throws Exception {
        var circuit = CircuitBreaker.builder().name("fakes").build();
        try (Recording recording = recording("dev.cenote.Circuit");
                FakePool pool = builder().circuitBreaker(circuit).build()) {
            circuit.forceOpen();
            circuit.reset();
            assertThat(recorded(recording, "dev.cenote.Circuit"))
                    .hasSize(2)
                    .first()
                    .satisfies(event -> {
                        assertThat(event.getString("from")).isEqualTo("closed");
                        assertThat(event.getString("to")).isEqualTo("forced open");
                        assertThat(event.getString("reason")).isNotBlank();
                        assertThat(event.getString("pool")).isEqualTo("flown");
                    });
            assertAtRest(pool);
        }
    }
}
