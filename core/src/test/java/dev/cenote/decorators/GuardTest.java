package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.HandClock;
import dev.cenote.protocols.CircuitState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that throws where it should not leaves no probe of a half-open circuit unsettled. */
class GuardTest {
    private final HandClock clock = new HandClock();
    private final CircuitBreaker circuit = CircuitBreaker.builder()
            .clock(clock)
            .failureThreshold(1)
            .resetTimeout(Duration.ofSeconds(5))
            .build();
    private final Guard guard = new Guard(circuit);

    @BeforeEach
    void halfOpenAtTheNextCall() {
        circuit.recordFailure(new IOException("refused"));
        clock.advance(Duration.ofSeconds(5));
    }

    private void assertTheNextCallIsTheProbe() {
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        circuit.acquire().success();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anAcquireThatThrowsGivesThePermitBack() {
        assertThatThrownBy(() -> guard.lease(() -> {
                    throw new IllegalArgumentException("deadline");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertTheNextCallIsTheProbe();
    }

    @Test
    void aTryAcquireThatThrowsGivesThePermitBack() {
        assertThatThrownBy(() -> guard.tryLease(() -> {
                    throw new IllegalArgumentException("pool");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertTheNextCallIsTheProbe();
    }

    @Test
    void anAsyncAcquireThatThrowsFailsItsFutureAndGivesThePermitBack() {
        CompletableFuture<?> lease = guard.leaseAsync(() -> {
            throw new IllegalArgumentException("deadline");
        });
        assertThatThrownBy(lease::get).hasCauseInstanceOf(IllegalArgumentException.class);
        assertTheNextCallIsTheProbe();
    }
}
