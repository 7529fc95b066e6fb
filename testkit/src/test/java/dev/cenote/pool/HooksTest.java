package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolHooks;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hooks see, and that one which fails leaks nothing. */
class HooksTest extends EngineFixture {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile String failing = "";
    private volatile int refusals;

    private final PoolHooks hooks = new PoolHooks() {
        @Override
        public void afterConnect(Connection connection) {
            called("afterConnect");
        }

        @Override
        public boolean beforeAcquire(Connection connection) {
            called("beforeAcquire");
            return refusals-- <= 0;
        }

        @Override
        public boolean afterRelease(Connection connection) {
            called("afterRelease");
            return true;
        }

        private void called(String hook) {
            calls.add(hook);
            if (failing.equals(hook)) {
                throw new IllegalStateException(hook + " failed");
            }
        }
    };

    private PoolEngine<FakeConnection> hooked() {
        return engine(options -> options.maxSize(1).hooks(hooks).acquireTimeout(Duration.ofSeconds(1)));
    }

    @Test
    void theyAreCalledInTheOrderOfAConnectionsLife() throws Exception {
        try (var engine = hooked()) {
            engine.acquire().close();
            get(engine.acquireAsync()).close();
            engine.tryAcquire().ifPresent(Lease::close);
            assertThat(calls)
                    .containsExactly(
                            "afterConnect",
                            "beforeAcquire",
                            "afterRelease",
                            "beforeAcquire",
                            "afterRelease",
                            "beforeAcquire",
                            "afterRelease");
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectionThatIsRefusedIsClosedAndAnotherGivenOut() throws Exception {
        try (var engine = hooked()) {
            refusals = 2;
            try (var lease = engine.acquire()) {
                assertThat(lease.connectionId()).isEqualTo(3);
            }
            refusals = 1;
            try (var lease = get(engine.acquireAsync())) {
                assertThat(lease.connectionId()).isEqualTo(4);
            }
            refusals = 1;
            assertThat(engine.tryAcquire()).isEmpty();
            until(engine, "they are closed", stats -> stats.closed(CloseReason.ERROR) == 4);
            assertAtRest(engine);
        }
    }

    @Test
    void aHookThatThrowsAfterConnectIsAFailureToConnect() throws Exception {
        try (var engine = hooked()) {
            failing = "afterConnect";
            var waiting = acquiring(engine);
            until(engine, "it fails", stats -> stats.connectFailures() >= 1);
            assertThat(database.open()).isZero();
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(waiting))
                    .cause()
                    .isInstanceOf(AcquireTimeoutException.class)
                    .hasMessageContaining("afterConnect failed");
            // An attempt that still runs would fail too, and its backoff begin while the clock stands.
            until(engine, "nothing is connecting", stats -> stats.connecting() == 0);
            failing = "";
            advance(Duration.ofSeconds(1));
            assertAtRest(engine);
        }
    }

    @Test
    void aHookThatThrowsOnReturnCostsItsConnectionOnly() {
        try (var engine = hooked()) {
            failing = "afterRelease";
            engine.acquire().close();
            failing = "";
            until(engine, "it is closed", stats -> stats.closed(CloseReason.ERROR) == 1);
            assertAtRest(engine);
        }
    }
}
