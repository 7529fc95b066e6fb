package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.pool.AcquireSites;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four ways to exhaust a pool of a real PostgreSQL: the page names each. */
class CausesTest {
    private static final int SIZE = 6;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Lease<JdbcConnection>> forgotten = new ConcurrentLinkedQueue<>();
    private Browser browser;

    @BeforeEach
    void openBrowser() throws IOException {
        browser = Browser.open();
        browser.size(1400, 1000);
    }

    @AfterEach
    void endAll() throws Exception {
        stop.countDown();
        Lease<JdbcConnection> lease;
        while ((lease = forgotten.poll()) != null) {
            lease.close();
        }
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        if (browser != null) {
            browser.close();
        }
    }

    private static PostgresPool pool(TestServer server, UnaryOperator<PostgresPool.Builder> options) {
        return options.apply(PostgresPool.builder()
                        .uri(server.uri())
                        .name("orders")
                        .minSize(2)
                        .maxSize(SIZE)
                        .acquireTimeout(Duration.ofMinutes(1))
                        .operationTimeout(Duration.ofMinutes(1))
                        .callTimeout(Duration.ofMinutes(2))
                        .leakThreshold(Duration.ofSeconds(20))
                        .acquireSites(AcquireSites.ALL))
                .build();
    }

    /** Threads that do that again and again. */
    private void start(String name, int count, Runnable work) {
        for (int i = 1; i <= count; i++) {
            var thread = new Thread(
                    () -> {
                        try {
                            do {
                                try {
                                    work.run();
                                } catch (CenoteException failed) {
                                    // what a caller sees is not what is tested here
                                }
                            } while (!stop.await(15, TimeUnit.MILLISECONDS));
                        } catch (InterruptedException ending) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    name + "-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private static void lookUpOrders(PostgresPool pool) {
        pool.execute(Sql.queryOne("select count(*) from pg_class where relname = 'orders'", row -> row.getLong(1)));
    }

    private void whenHealthy(Dashboard dashboard) {
        browser.go(dashboard.uri());
        browser.until("healthy seconds were seen", () -> points() >= 4);
        assertThat(browser.all("#suspicions li")).isEmpty();
    }

    private long points() {
        return Long.parseLong(
                browser.text("#chart-rates").isEmpty()
                        ? "0"
                        : (String)
                                browser.script("return document.querySelector('#chart-rates').dataset.points ?? '0'"));
    }

    /** The page says that cause first, in those words; the picture is to be looked at. */
    private void shows(String cause, String evidence, String picture) throws IOException {
        browser.until(
                cause + " is suspected",
                () -> browser.text("#suspicions li .cause").equals(cause)
                        && browser.text("#suspicions li .evidence").contains(evidence));
        long before = points();
        browser.until("it has lasted", () -> points() >= before + 5);
        assertThat(browser.text("#suspicions li .cause")).isEqualTo(cause);
        assertThat(browser.text("#suspicions li .evidence")).contains(evidence);
        assertThat(browser.all("#suspicions li")).hasSize(1);
        browser.picture(picture);
        browser.assertQuietConsole();
    }

    @Test
    void aLeak() throws Exception {
        try (var pool = pool(TestServers.shared(Product.POSTGRES), options -> options);
                var dashboard = Dashboard.builder().pool(pool).start()) {
            start("checkout", 4, () -> lookUpOrders(pool));
            whenHealthy(dashboard);
            var reports = new ArrayList<Thread>();
            for (int i = 1; i <= SIZE; i++) {
                reports.add(new Thread(
                        () -> {
                            Lease<JdbcConnection> lease = pool.acquire();
                            lease.execute(Sql.queryOne("select now()::text", row -> row.getString(1)));
                            forgotten.add(lease); // and the thread ends
                        },
                        "report-" + i));
            }
            reports.forEach(Thread::start);
            for (Thread report : reports) {
                report.join();
            }
            shows("leak", "6 of 6 connections held have not been used for", "cause-leak");
            assertThat(browser.text("#suspicions li .evidence"))
                    .contains("6 by threads that have ended")
                    .contains("close each lease");
            assertThat(browser.text("#holders tr")).contains("report-").contains("(ended)");
            assertThat(browser.text("#holders summary")).contains("CausesTest");
        }
    }

    @Test
    void slowQueries() throws Exception {
        try (var pool = pool(TestServers.shared(Product.POSTGRES), options -> options);
                var dashboard = Dashboard.builder().pool(pool).start()) {
            start("checkout", 4, () -> lookUpOrders(pool));
            whenHealthy(dashboard);
            start("statistics", SIZE, () -> pool.execute(Sql.queryOne("select pg_sleep(3)::text", row -> "slept")));
            shows("slow queries", "all connections are busy, and a use takes", "cause-slow-queries");
            assertThat(browser.text("#suspicions li .evidence")).contains("the longest by statistics-");
            assertThat(browser.text("#holders tr .tag")).isEqualTo("running");
        }
    }

    @Test
    void aDeadServer() throws Exception {
        try (TestServer server = TestServers.start(Product.POSTGRES);
                var pool = pool(
                        server,
                        options -> options.acquireTimeout(Duration.ofSeconds(2))
                                .circuitBreaker(CircuitBreaker.builder()
                                        .name("orders-db")
                                        .failureThreshold(12)
                                        .resetTimeout(Duration.ofSeconds(3))
                                        .build()));
                var dashboard = Dashboard.builder().pool(pool).start()) {
            start("checkout", 4, () -> lookUpOrders(pool));
            whenHealthy(dashboard);
            server.kill();
            shows("server down", "connecting fails: ", "cause-dead-server");
            assertThat(browser.text("#suspicions li .evidence"))
                    .contains("refused")
                    .contains("in a row");
            assertThat(browser.text("#health")).isEqualTo("down");
        }
    }

    @Test
    void aNestedAcquire() throws Exception {
        try (var pool = pool(TestServers.shared(Product.POSTGRES), options -> options);
                var dashboard = Dashboard.builder().pool(pool).start()) {
            start("checkout", 4, () -> lookUpOrders(pool));
            whenHealthy(dashboard);
            var all = new CountDownLatch(SIZE);
            start("transfer", SIZE, () -> {
                try (Lease<JdbcConnection> outer = pool.acquire()) {
                    all.countDown();
                    all.await();
                    assertThat(outer.isClosed()).isFalse();
                    lookUpOrders(pool);
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                }
            });
            shows("nested acquire", "already hold a connection of this pool", "cause-nested-acquire");
            assertThat(browser.text("#suspicions li .evidence")).contains("acquire once and hand the lease on");
            assertThat(browser.text("#waiters")).contains("transfer-");
        }
    }
}
