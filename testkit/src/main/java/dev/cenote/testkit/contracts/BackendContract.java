package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.PoolBuilder;
import dev.cenote.Pools;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Suspicion.Cause;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every backend promises, against its real server: everything of {@link PoolContract}, outages seen and survived,
 * deadlines kept by a silent server, clean sessions, and clear errors for bad input. Tests that disturb the server are
 * skipped where it was given by its URI.
 *
 * @param <C> the connection
 * @param <B> the builder of the pool
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>>
        extends PoolContract<C, B> {
    /** How late a deadline may be noticed on a busy machine; what was measured is printed. */
    private static final Duration GENEROUSLY_LATE = Duration.ofSeconds(2);

    private static final String SECRET = "open-sesame-17";

    private TestServer server;

    @SuppressWarnings("NullAway.Init") // set before all tests
    protected BackendContract() {}

    // ---- what a backend says of itself

    /** The product whose server it is for. */
    protected abstract Product product();

    /** A builder of a pool to the server at {@code uri}, with the default of each option. */
    protected abstract B builder(String uri);

    /** Ways to leave a session changed, and what proves that it is not. */
    protected abstract List<Dirt<C>> dirt();

    /**
     * A way in which a holder may leave a session changed.
     *
     * @param name what is left behind
     * @param leave leaves it
     * @param absent asserts that it is not there
     */
    public record Dirt<C extends Connection>(String name, Consumer<Lease<C>> leave, Consumer<Lease<C>> absent) {}

    /** An operation that the driver itself never tries again. Default: {@link #ping()}. */
    protected Operation<? super C, ?> once() {
        return ping();
    }

    /** The URI with a database that does not exist; empty where databases spring into being. */
    protected abstract Optional<String> uriOfMissingDatabase(String uri);

    /** A product whose protocol is another. */
    protected Product stranger() {
        return Product.REDIS;
    }

    /** Why passwords cannot be tested here; empty if they can. */
    protected Optional<String> noPasswords() {
        return Optional.empty();
    }

    // ---- the server

    @BeforeAll
    void startServer() {
        if (product().externalUri().isPresent()) {
            server = TestServers.shared(product());
            return;
        }
        String reason = product().unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        server = TestServers.start(product());
    }

    @AfterAll
    void closeServer() {
        if (server != null && server.isEmbedded()) {
            server.close();
        }
    }

    @AfterEach
    void makeServerWell() {
        if (server.isEmbedded()) {
            server.start();
            server.resume();
        }
    }

    /** The server of this test class. */
    protected final TestServer server() {
        return server;
    }

    @Override
    protected final B builder() {
        return builder(server.uri());
    }

    private void mayDisturb() {
        Assumptions.assumeTrue(server.isEmbedded(), "the server was given by its URI, and must not be disturbed");
    }

    private static String through(FaultProxy proxy, TestServer server) {
        return server.uri().replace(server.host() + ":" + server.port(), proxy.host() + ":" + proxy.port());
    }

    private static String with(String uri, String parameter) {
        return uri + (uri.contains("?") ? "&" : "?") + parameter;
    }

    private void assertOnTime(String what, Duration timeout, Runnable action) {
        long start = System.nanoTime();
        action.run();
        Duration late = Duration.ofNanos(System.nanoTime() - start).minus(timeout);
        System.out.printf(
                "%s: %s ended %d ms after its deadline of %d ms%n",
                product(), what, late.toMillis(), timeout.toMillis());
        assertThat(late).as("lateness of " + what).isLessThan(GENEROUSLY_LATE);
    }

    private static void assertSuspected(Cause cause, AcquireTimeoutException failure) {
        assertThat(failure.report().suspicions())
                .as("%s", failure)
                .singleElement()
                .extracting(Suspicion::cause)
                .isEqualTo(cause);
    }

    // ---- silence

    @Test
    void acquireEndsByItsDeadlineWhileTheServerIsSilent() {
        mayDisturb();
        try (Pool<C> pool = builder().build()) {
            server.pause();
            Duration timeout = Duration.ofSeconds(1);
            assertOnTime(
                    "acquire",
                    timeout,
                    () -> assertThatThrownBy(() -> pool.acquire(timeout))
                            .isInstanceOfSatisfying(AcquireTimeoutException.class, failure -> {
                                assertThat(failure.phase()).isEqualTo(AcquireTimeoutException.Phase.CONNECTING);
                                assertSuspected(Cause.SERVER_DOWN, failure);
                            }));
            server.resume();
            assertAtRest(pool);
        }
    }

    @Test
    void validationEndsByItsDeadlineWhileTheServerIsSilent() {
        mayDisturb();
        Duration timeout = Duration.ofSeconds(1);
        try (Pool<C> pool = builder()
                .validateAfterIdle(Duration.ofMillis(1))
                .validateTimeout(timeout)
                .keeperInterval(Duration.ofMillis(10))
                .build()) {
            Lease<C> lease = pool.acquire();
            until(pool, "it ages", stats -> lease.age().toMillis() > 50);
            lease.close();
            server.pause();
            assertOnTime("validation", timeout, () -> {
                assertThatThrownBy(() -> pool.acquire(timeout)).isInstanceOf(AcquireTimeoutException.class);
                until(pool, "the silent connection is dropped", stats -> stats.validationFailures() >= 1);
            });
            server.resume();
            assertAtRest(pool);
        }
    }

    @Test
    void operationEndsByItsDeadlineWhileTheServerIsSilent() {
        mayDisturb();
        try (Pool<C> pool = builder().build();
                Lease<C> lease = pool.acquire();
                Lease<C> another = pool.acquire()) {
            server.pause();
            Duration timeout = Duration.ofSeconds(1);
            assertOnTime(
                    "operation",
                    timeout,
                    () -> assertThatThrownBy(() -> lease.execute(ping(), Deadline.after(timeout)))
                            .isInstanceOf(OperationTimeoutException.class)
                            .hasMessageContaining("had not ended by its deadline"));
            assertOnTime(
                    "asynchronous operation",
                    timeout,
                    () -> assertThatThrownBy(() -> another.executeAsync(ping(), Deadline.after(timeout))
                                    .join())
                            .hasCauseInstanceOf(OperationTimeoutException.class));
            server.resume();
            lease.close();
            another.close();
            assertAtRest(pool);
        }
    }

    // ---- crashes

    @Test
    void aCrashIsSeenReportedAndRecoveredFrom() {
        mayDisturb();
        try (Pool<C> pool = builder().acquireTimeout(Duration.ofMillis(500)).build()) {
            Lease<C> held = pool.acquire();
            pool.execute(ping());
            server.kill();
            assertThatThrownBy(() -> held.execute(ping()))
                    .isInstanceOfSatisfying(
                            OperationFailedException.class,
                            failure ->
                                    assertThat(failure.verdict().connection()).isNotEqualTo(ConnectionFate.KEEP));
            held.close();
            Throwable refused = catchThrowable(() -> {
                while (true) {
                    pool.execute(ping()); // the idle connections go first
                }
            });
            assertThat(refused).isInstanceOfAny(OperationFailedException.class, AcquireTimeoutException.class);
            assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(500)))
                    .isInstanceOfSatisfying(AcquireTimeoutException.class, failure -> {
                        assertThat(failure.lastConnectFailure()).isPresent();
                        assertSuspected(Cause.SERVER_DOWN, failure);
                    });
            assertThat(pool.health().reason()).contains(pool.name());
            server.start();
            Awaitility.await("recovery")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() -> pool.execute(ping()));
            assertAtRest(pool);
        }
    }

    @Test
    void aReplyCutInTheMiddleIsUnknownAndEvicts() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                Pool<C> pool = builder(through(proxy, server)).build()) {
            try (Lease<C> lease = pool.acquire()) {
                lease.execute(ping());
                proxy.cutAfterReplyBytes(1);
                assertThatThrownBy(() -> lease.execute(once()))
                        .isInstanceOfSatisfying(
                                OperationFailedException.class,
                                failure -> assertThat(failure.verdict()
                                                .isRetrySafe(dev.cenote.protocols.Effect.NON_IDEMPOTENT))
                                        .isFalse());
            }
            proxy.heal();
            until(pool, "it is closed", stats -> stats.closed().size() == 1);
            pool.execute(ping());
            assertAtRest(pool);
        }
    }

    // ---- hygiene

    @Test
    void aReleasedConnectionCarriesNothingOfItsLastUser() {
        assertThat(dirt()).isNotEmpty();
        for (Dirt<C> dirt : dirt()) {
            try (Pool<C> pool = builder().maxSize(1).build()) {
                try (Lease<C> lease = pool.acquire()) {
                    dirt.leave().accept(lease);
                }
                try (Lease<C> next = pool.acquire()) {
                    System.out.printf("%s: after %s, connection %d%n", product(), dirt.name(), next.connectionId());
                    dirt.absent().accept(next);
                }
                assertAtRest(pool);
            }
        }
    }

    // ---- bad input

    @Test
    void badParametersAreRefusedByName() {
        String uri = server.uri();
        assertRefused(with(uri, "bogusOption=1"), "bogusOption");
        assertRefused(with(uri, "pool.bogus=1"), "parameter pool.bogus is unknown; known are");
        assertRefused(with(uri, "pool.maxSize=0"), "maxSize must be >= 1, was 0");
        assertRefused(with(uri, "pool.maxSize=-3"), "maxSize must be >= 1, was -3");
        assertRefused(with(uri, "pool.maxSize=ten"), "maxSize must be a whole number, was ten");
        assertRefused(with(uri, "pool.minSize=5&pool.maxSize=2"), "maxSize must be >= minSize (5), was 2");
        assertRefused(with(uri, "pool.minSize=-1"), "minSize must be >= 0, was -1");
        assertRefused(with(uri, "pool.acquireTimeout=0s"), "acquireTimeout must be > 0, was PT0S");
        assertRefused(with(uri, "pool.connectTimeout=-1s"), "connectTimeout must be > 0, was PT-1S");
        assertRefused(with(uri, "pool.idleTimeout=soon"), "idleTimeout must be a duration such as 500ms");
        assertRefused(with(uri, "pool.maxSize=2&pool.maxSize=3"), "parameter pool.maxSize must be given once");
        String address = server.host() + ":" + server.port();
        assertRefused(uri.replace(address, server.host() + ":70000"), "port must be between 1 and 65535, was 70000");
        assertRefused(uri.replace(address, server.host() + ":0"), "port must be between 1 and 65535, was 0");
        assertRefused(uri.replace(address, server.host() + ":x"), "port must be a number, was x");
        assertRefused("no" + uri, "scheme must be one of");
    }

    private static void assertRefused(String uri, String message) {
        assertThatThrownBy(() -> Pools.open(uri).close())
                .as(PoolUri.mask(uri))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aWrongPasswordIsOneClearErrorWithoutThePassword() {
        mayDisturb();
        String reason = noPasswords().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        try (TestServer guarded =
                TestServers.start(product(), ServerOptions.defaults().withPassword(SECRET))) {
            try (Pool<C> pool = builder(guarded.uri()).build()) {
                pool.execute(ping());
                assertThat(pool.toString() + pool.stats() + pool.health()).doesNotContain(SECRET);
            }
            String wrong = guarded.uri().replace(SECRET, "wrong-secret-99");
            try (Pool<C> pool =
                    builder(wrong).acquireTimeout(Duration.ofSeconds(30)).build()) {
                assertThatThrownBy(pool::acquire).isInstanceOfSatisfying(ConnectionFailedException.class, failure -> {
                    System.out.printf("%s: %s%n", product(), failure.getMessage());
                    assertThat(stackTrace(failure))
                            .doesNotContain("wrong-secret-99")
                            .doesNotContain(SECRET);
                });
            }
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void aMissingDatabaseIsOneClearError() {
        String uri = uriOfMissingDatabase(server.uri()).orElse("");
        Assumptions.assumeFalse(uri.isEmpty(), "databases spring into being on " + product());
        try (Pool<C> pool = builder(uri).acquireTimeout(Duration.ofSeconds(30)).build()) {
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            failure -> System.out.printf("%s: %s%n", product(), failure.getMessage()));
        }
    }

    @Test
    void aServerOfAnotherKindIsAClearErrorInTime() {
        TestServer stranger = TestServers.shared(stranger());
        String uri = server.uri().replace(server.host() + ":" + server.port(), stranger.host() + ":" + stranger.port());
        Duration timeout = Duration.ofSeconds(2);
        try (Pool<C> pool = builder(uri).connectTimeout(Duration.ofSeconds(1)).build()) {
            assertOnTime(
                    "acquire from " + stranger(),
                    timeout,
                    () -> assertThatThrownBy(() -> pool.acquire(timeout))
                            .isInstanceOfSatisfying(PoolException.class, failure -> {
                                System.out.printf("%s: %s%n", product(), failure.getMessage());
                                assertThat(failure.getCause()).isNotNull();
                            }));
        }
    }

    @Test
    void aHostThatNeverAnswersIsAClearErrorInTime() {
        Duration timeout = Duration.ofSeconds(1);
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            proxy.silence();
            try (Pool<C> pool = builder(through(proxy, server)).build()) {
                assertOnTime(
                        "acquire from silence",
                        timeout,
                        () -> assertThatThrownBy(() -> pool.acquire(timeout))
                                .isInstanceOf(AcquireTimeoutException.class)
                                .hasMessageContaining("waiting for a connection to be opened"));
            }
        }
    }
}
