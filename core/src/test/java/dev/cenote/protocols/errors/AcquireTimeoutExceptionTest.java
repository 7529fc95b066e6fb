package dev.cenote.protocols.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.errors.AcquireTimeoutException.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AcquireTimeoutExceptionTest {
    private static final PoolStats STATS =
            new PoolStats("orders", PoolState.READY, 0, 0, 4, 1, 2, 1, 3, 10, 8, 0, 0, 4, Map.of(), 0, 0, 0, 0);

    @Test
    void saysPhaseTimeAndSizes() {
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofMillis(250), STATS, List.of(), null);

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
        var error = new AcquireTimeoutException(Phase.CONNECTING, Duration.ofSeconds(1), STATS, List.of(), refused);

        assertThat(error)
                .hasMessageEndingWith("; last connect failure: unable to connect: connection refused")
                .hasCause(refused);
        assertThat(error.lastConnectFailure()).containsSame(refused);
    }

    @Test
    void saysWhoHoldsTheConnections() {
        var holder = new Holder(7, "worker-1", Duration.ofSeconds(2), Optional.of("query users"), List.of());
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofSeconds(1), STATS, List.of(holder), null);

        assertThat(error)
                .hasMessageEndingWith("; held: connection 7 held for 2000 ms by worker-1, last operation query users");
        assertThat(error.holders()).containsExactly(holder);
    }

    @Test
    void namesTenHoldersAndCountsTheRest() {
        List<Holder> holders = LongStream.rangeClosed(1, 12)
                .mapToObj(id -> new Holder(id, "worker", Duration.ofSeconds(1), Optional.empty(), List.of()))
                .toList();
        var error = new AcquireTimeoutException(Phase.WAITING, Duration.ofSeconds(1), STATS, holders, null);

        assertThat(error.getMessage())
                .contains("connection 10 held")
                .doesNotContain("connection 11 held")
                .endsWith("; and 2 more");
        assertThat(error.holders()).hasSize(12);
    }
}
