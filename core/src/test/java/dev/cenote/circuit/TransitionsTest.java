package dev.cenote.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.errors.CircuitOpenException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final IOException FAILURE = new IOException("reset");

    private final HandClock clock = new HandClock();
    private final List<String> told = new ArrayList<>();

    private CircuitBreakerBuilder builder() {
        return CircuitBreaker.builder()
                .name("db")
                .clock(clock)
                .failureThreshold(3)
                .resetTimeout(Duration.ofSeconds(5))
                .onTransition(transition -> told.add(transition.from() + " to " + transition.to()));
    }

    private static void fail(CircuitBreaker circuit, int times) {
        for (int i = 0; i < times; i++) {
            circuit.acquire().failure(FAILURE);
        }
    }

    private CircuitBreaker halfOpen(CircuitBreakerBuilder builder) {
        CircuitBreaker circuit = builder.build();
        fail(circuit, 3);
        clock.advance(Duration.ofSeconds(5));
        return circuit;
    }

    @Test
    void aRowOfFailuresOpensItAndNotOneLess() {
        CircuitBreaker circuit = builder().build();
        fail(circuit, 2);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(circuit, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThat(circuit.opened()).isEqualTo(1);
    }

    @Test
    void transitionsSayWhy() {
        var reasons = new ArrayList<String>();
        CircuitBreaker circuit = halfOpen(builder().onTransition(transition -> reasons.add(transition.reason())));
        circuit.acquire().success();
        assertThat(reasons)
                .containsExactly(
                        "3 failures in a row, the last: java.io.IOException: reset",
                        "its reset time-out has passed",
                        "its probes succeeded");
    }

    @Test
    void aSuccessEndsTheRow() {
        CircuitBreaker circuit = builder().build();
        fail(circuit, 2);
        circuit.acquire().success();
        fail(circuit, 2);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void ignoredCallsNeitherOpenItNorEndTheRow() {
        CircuitBreaker circuit = builder().build();
        fail(circuit, 2);
        circuit.acquire().ignored();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(circuit, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void openRefusesAndSaysForHowLong() {
        CircuitBreaker circuit = builder().build();
        fail(circuit, 3);
        clock.advance(Duration.ofSeconds(2));
        assertThatThrownBy(circuit::acquire).isInstanceOfSatisfying(CircuitOpenException.class, refusal -> {
            assertThat(refusal.circuit()).isEqualTo("db");
            assertThat(refusal.state()).isEqualTo("open");
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(3));
        });
        assertThat(circuit.refused()).isEqualTo(1);
    }

    @Test
    void afterTheResetTimeoutOneProbeGoesThroughAndItsSuccessCloses() {
        CircuitBreaker circuit = halfOpen(builder());
        Permit probe = circuit.acquire();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThatThrownBy(circuit::acquire)
                .isInstanceOf(CircuitOpenException.class)
                .hasMessageContaining("half-open, with all probes taken");
        probe.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(told).containsExactly("closed to open", "open to half-open", "half-open to closed");
    }

    @Test
    void aFailedProbeOpensAgainForAWholeResetTimeout() {
        CircuitBreaker circuit = halfOpen(builder());
        circuit.acquire().failure(FAILURE);
        assertThat(circuit.opened()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThatThrownBy(circuit::acquire).isInstanceOf(CircuitOpenException.class);
        clock.advance(Duration.ofNanos(1));
        circuit.acquire().success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void allProbesMustSucceed() {
        CircuitBreaker circuit = halfOpen(builder().halfOpenProbes(2));
        Permit first = circuit.acquire();
        Permit second = circuit.acquire();
        first.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        second.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatSettlesTwiceCountsOnce() {
        CircuitBreaker circuit = halfOpen(builder().halfOpenProbes(2));
        Permit probe = circuit.acquire();
        probe.success();
        probe.success();
        probe.failure(FAILURE);
        probe.ignored();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        circuit.acquire();
        assertThatThrownBy(circuit::acquire).isInstanceOf(CircuitOpenException.class);
    }

    @Test
    void anIgnoredProbeGoesToTheNextCaller() {
        CircuitBreaker circuit = halfOpen(builder());
        circuit.acquire().ignored();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        circuit.acquire().success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatNeverReportsIsReplacedAfterAnotherResetTimeout() {
        CircuitBreaker circuit = halfOpen(builder());
        Permit lost = circuit.acquire();
        clock.advance(Duration.ofSeconds(5));
        Permit next = circuit.acquire();
        lost.failure(FAILURE);
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        next.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(told).containsExactly("closed to open", "open to half-open", "half-open to closed");
    }

    @Test
    void resultsOfAnEarlierStateChangeNothing() {
        CircuitBreaker circuit = builder().build();
        Permit early = circuit.acquire();
        fail(circuit, 3);
        early.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        clock.advance(Duration.ofSeconds(5));
        Permit probe = circuit.acquire();
        early.failure(FAILURE);
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        probe.success();
        for (int i = 0; i < 3; i++) {
            early.failure(FAILURE);
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.opened()).isEqualTo(1);
    }

    @Test
    void failuresBoundToNoPermitCountWhileClosedAndEndTheProbing() {
        CircuitBreaker circuit = builder().build();
        for (int i = 0; i < 3; i++) {
            circuit.recordFailure(FAILURE);
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        clock.advance(Duration.ofSeconds(5));
        Permit probe = circuit.acquire();
        circuit.recordFailure(FAILURE);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        probe.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void answersBoundToNoPermitEndTheRowAndDoNotCloseIt() {
        CircuitBreaker circuit = builder().build();
        fail(circuit, 2);
        circuit.recordSuccess();
        fail(circuit, 2);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(circuit, 1);
        circuit.recordSuccess();
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void observersAreNeverRefusedAndCountWhileClosedOnly() {
        CircuitBreaker circuit = builder().build();
        for (int i = 0; i < 3; i++) {
            circuit.observe().failure(FAILURE);
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        circuit.observe().success();
        clock.advance(Duration.ofSeconds(5));
        Permit probe = circuit.acquire();
        circuit.observe().failure(FAILURE);
        circuit.observe().success();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        probe.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void tooHighAShareOfFailuresOpensIt() {
        CircuitBreaker circuit =
                builder().failureThreshold(100).failureRate(0.5).window(10, 6).build();
        for (int i = 0; i < 2; i++) {
            circuit.acquire().success();
            circuit.acquire().failure(FAILURE);
        }
        circuit.acquire().success();
        assertThat(circuit.state()).as("five calls are too few").isEqualTo(CircuitState.CLOSED);
        circuit.acquire().failure(FAILURE);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void failuresLeaveTheWindowInTime() {
        CircuitBreaker circuit =
                builder().failureThreshold(100).failureRate(0.5).window(4, 4).build();
        fail(circuit, 1);
        for (int i = 0; i < 4; i++) {
            circuit.acquire().success();
        }
        fail(circuit, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(circuit, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aClosedCircuitGivesTheSamePermitToAll() {
        CircuitBreaker circuit = builder().build();
        assertThat(circuit.acquire()).isSameAs(circuit.acquire());
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        CircuitBreaker circuit = CircuitBreaker.builder()
                .failureThreshold(1)
                .onTransition(transition -> {
                    throw new IllegalStateException("mine");
                })
                .onTransition(transition -> told.add("told"))
                .build();
        fail(circuit, 1);
        assertThat(told).containsExactly("told");
    }

    @Test
    void aShareIsReachedExactlyAndNotOneFailureLater() {
        CircuitBreaker circuit = builder()
                .failureThreshold(1000)
                .failureRate(0.55)
                .window(100, 100)
                .build();
        for (int i = 0; i < 45; i++) {
            circuit.acquire().success();
        }
        fail(circuit, 54);
        assertThat(circuit.state()).as("99 calls are too few").isEqualTo(CircuitState.CLOSED);
        fail(circuit, 1);
        assertThat(circuit.state()).as("55 of 100").isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aProbeTakenLateHasAWholeResetTimeoutToReport() {
        CircuitBreaker circuit = halfOpen(builder());
        circuit.acquire().ignored();
        clock.advance(Duration.ofSeconds(5));
        Permit late = circuit.acquire();
        assertThatThrownBy(circuit::acquire).isInstanceOf(CircuitOpenException.class);
        late.success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }
}
