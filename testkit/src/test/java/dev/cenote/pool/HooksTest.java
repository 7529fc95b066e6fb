package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
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

    /** The hook that hangs, until it is interrupted or {@link #released}. */
    private volatile String hanging = "";

    private final java.util.concurrent.CountDownLatch released = new java.util.concurrent.CountDownLatch(1);

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
            boolean hangs = hanging.equals(hook);
            calls.add(hook);
            if (hangs) {
                try {
                    released.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
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
    void aHookThatHangsAfterConnectIsGivenUpWithItsConnection() throws Exception {
        try (var engine = hooked()) {
            hanging = "afterConnect";
            var waiting = engine.acquireAsync(Deadline.after(Duration.ofMinutes(1), clock));
            until(engine, "it hangs", stats -> calls.contains("afterConnect"));
            hanging = "";
            advance(Duration.ofSeconds(7)); // the connect time-out and its grace
            until(engine, "its connection is aborted", stats -> stats.connectFailures() >= 1 && database.open() <= 1);
            until(engine, "the next serves the waiter", stats -> {
                advance(Duration.ofMillis(10));
                return waiting.isDone();
            });
            get(waiting).close();
            until(engine, "only that is open", stats -> database.open() == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void aHookThatHangsOnReturnDoesNotKeepThePlaceOfItsConnection() throws Exception {
        try (var engine = hooked()) {
            Lease<FakeConnection> lease = engine.acquire();
            hanging = "afterRelease";
            var returning = java.util.concurrent.CompletableFuture.runAsync(lease::close);
            until(engine, "it hangs", stats -> calls.contains("afterRelease"));
            hanging = "";
            advance(Duration.ofSeconds(3)); // the reset time-out and its grace
            until(engine, "it is given up", stats -> stats.closed(CloseReason.RESET_FAILED) == 1);
            engine.acquire().close();
            released.countDown();
            returning.get(30, java.util.concurrent.TimeUnit.SECONDS);
            assertAtRest(engine);
        } finally {
            released.countDown();
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
