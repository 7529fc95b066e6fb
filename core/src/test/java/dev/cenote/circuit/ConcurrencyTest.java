package dev.cenote.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.CircuitOpenException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final IOException FAILURE = new IOException("reset");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HandClock clock = new HandClock();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private <T> List<T> together(Callable<T> body) throws Exception {
        var barrier = new CyclicBarrier(THREADS);
        var running = new ArrayList<Future<T>>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> {
                barrier.await();
                return body.call();
            }));
        }
        var results = new ArrayList<T>();
        for (Future<T> each : running) {
            results.add(each.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    private CircuitBreaker circuit(int probes) {
        return CircuitBreaker.builder()
                .clock(clock)
                .failureThreshold(THREADS)
                .halfOpenProbes(probes)
                .resetTimeout(Duration.ofSeconds(1))
                .build();
    }

    @RepeatedTest(50)
    void manyCallersGetNoMoreProbesThanThereAre() throws Exception {
        CircuitBreaker circuit = circuit(3);
        together(() -> {
            circuit.acquire().failure(FAILURE);
            return true;
        });
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThat(circuit.opened()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        List<Boolean> let = together(() -> {
            try {
                circuit.acquire();
                return true;
            } catch (CircuitOpenException refused) {
                return false;
            }
        });
        assertThat(let.stream().filter(each -> each)).hasSize(3);
        assertThat(circuit.refused()).isEqualTo(THREADS - 3);
    }

    @RepeatedTest(50)
    void probesThatSucceedTogetherCloseItOnce() throws Exception {
        CircuitBreaker circuit = circuit(THREADS);
        together(() -> {
            circuit.acquire().failure(FAILURE);
            return true;
        });
        clock.advance(Duration.ofSeconds(1));
        together(() -> {
            circuit.acquire().success();
            return true;
        });
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.refused()).isZero();
    }

    @Test
    void whateverHappensItCanCloseAgain() throws Exception {
        CircuitBreaker circuit = circuit(2);
        together(() -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < 20_000; i++) {
                try {
                    Permit permit = circuit.acquire();
                    switch (random.nextInt(4)) {
                        case 0 -> permit.success();
                        case 1 -> permit.ignored();
                        default -> permit.failure(FAILURE);
                    }
                } catch (CircuitOpenException refused) {
                    clock.advance(Duration.ofMillis(100));
                }
            }
            return true;
        });
        assertThat(circuit.opened()).isPositive();
        clock.advance(Duration.ofSeconds(1));
        while (circuit.state() != CircuitState.CLOSED) {
            circuit.acquire().success();
        }
        circuit.acquire().success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }
}
