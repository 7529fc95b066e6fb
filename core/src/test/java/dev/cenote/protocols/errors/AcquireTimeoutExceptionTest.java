package dev.cenote.protocols.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Figures;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.errors.AcquireTimeoutException.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AcquireTimeoutExceptionTest {
    private static final PoolStats STATS = Figures.stats("orders", 4, 1, 2, 1, 3);

    private static PoolReport report(List<Holder> holders) {
        return Figures.report(STATS, List.of(), holders, List.of(), null);
    }

    private static Holder holder(long id) {
        return new Holder(
                id,
                "worker-1",
                false,
                Duration.ofSeconds(2),
                Optional.of("query users"),
                false,
                Duration.ofSeconds(1),
                false,
                List.of());
    }

    @Test
    void saysPhaseTimeAndSizes() {
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofMillis(250), report(List.of()));

        assertThat(error)
                .hasMessage("pool orders: no connection within 250 ms, waiting for a connection to be returned"
                        + " (leased 2, idle 1, connecting 1, maxSize 4, waiters 3)")
                .hasNoCause();
        assertThat(error.pool()).isEqualTo("orders");
        assertThat(error.phase()).isEqualTo(Phase.WAITING);
        assertThat(error.waited()).hasMillis(250);
        assertThat(error.stats()).isSameAs(STATS);
        assertThat(error.lastConnectFailure()).isEmpty();
    }

    @Test
    void saysWhyConnectingFailedAndCarriesItAsCause() {
        var refused = new IOException("unable to connect", new IOException("connection refused"));
        var error = new AcquireTimeoutException(
                Phase.CONNECTING,
                Duration.ofSeconds(1),
                Figures.report(STATS, List.of(), List.of(), List.of(), new ConnectFailure(refused, Duration.ZERO, 3)));

        assertThat(error)
                .hasMessageEndingWith("; last connect failure: unable to connect: connection refused")
                .hasCause(refused);
        assertThat(error.lastConnectFailure()).containsSame(refused);
    }

    @Test
    void saysWhatIsSuspected() {
        var suspicion = new Suspicion(Suspicion.Cause.LEAK, "2 of 2 connections");
        PoolReport report = Figures.report(STATS, List.of(suspicion), List.of(), List.of(), null);
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofSeconds(1), report);

        assertThat(error).hasMessageEndingWith("waiters 3); suspected leak: 2 of 2 connections");
        assertThat(error.suspicion()).contains(suspicion);
        assertThat(error.report()).isSameAs(report);
    }

    @Test
    void saysWhoHoldsTheConnections() {
        Holder holder = holder(7);
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofSeconds(1), report(List.of(holder)));

        assertThat(error)
                .hasMessageEndingWith("; held: connection 7 held for 2000 ms by worker-1, last operation query users,"
                        + " unused for 1000 ms");
        assertThat(error.holders()).containsExactly(holder);
    }

    @Test
    void namesTenHoldersAndCountsTheRest() {
        List<Holder> holders = LongStream.rangeClosed(1, 12)
                .mapToObj(AcquireTimeoutExceptionTest::holder)
                .toList();
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofSeconds(1), report(holders));

        assertThat(error.getMessage())
                .contains("connection 10 held")
                .doesNotContain("connection 11 held")
                .endsWith("; and 2 more");
        assertThat(error.holders()).hasSize(12);
    }
}
