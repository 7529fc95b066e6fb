package dev.cenote.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.PoolRegistry;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole life of the application on real servers (and the stand-in for MongoDB): started, used, its PostgreSQL crashed
 * and restarted under load, shut down under load. With HikariCP the same, whose figures are printed beside and not asserted.
 */
class ShopTest {
    private static final int CUSTOMERS = 8;
    private static final int REPORTS = 4;

    private final HttpClient http = HttpClient.newHttpClient();

    /** What a life came to. */
    private record Figures(
            String pool, int acknowledged, int refused, int lost, long outageMillis, long slowestMillis, int cutOff) {
        @Override
        public String toString() {
            return String.format(
                    "%-8s %5d orders acknowledged, %d of them lost; %d requests refused; first order %d ms after the"
                            + " server was back; slowest request %d ms; %d accepted requests failed in the shutdown",
                    pool, acknowledged, lost, refused, outageMillis, slowestMillis, cutOff);
        }
    }

    @Test
    @Timeout(60)
    void onCenoteNothingAcknowledgedOrAcceptedIsLost() throws Exception {
        try (TestServer postgres = TestServers.start(Product.POSTGRES)) {
            ConfigurableApplicationContext context = start(postgres);
            assertThat(context.getBean(DataSource.class)).isInstanceOf(CenoteDataSource.class);
            var pools = new ArrayList<Pool<?>>(
                    context.getBean(PoolRegistry.class).all().values());
            isUsedOverHttp(context);

            Figures figures = live("Cenote", context, postgres);

            System.out.println(figures);
            assertThat(figures.lost())
                    .as("acknowledged orders that are not there")
                    .isZero();
            assertThat(figures.cutOff()).as("accepted requests that failed").isZero();
            assertThat(pools).hasSize(3).allSatisfy(pool -> {
                assertThat(pool.stats().state()).isEqualTo(PoolState.CLOSED);
                assertThat(pool.stats().leased()).isZero();
            });
        }
    }

    @Test
    @Timeout(60)
    void onHikariItRunsTooForComparison() throws Exception {
        try (TestServer postgres = TestServers.start(Product.POSTGRES)) {
            ConfigurableApplicationContext context = start(postgres, "hikari");
            assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);

            System.out.println(live("HikariCP", context, postgres));
        }
    }

    private static ConfigurableApplicationContext start(TestServer postgres, String... profiles) {
        TestServer redis = TestServers.shared(Product.REDIS);
        return new SpringApplicationBuilder(ShopApplication.class, RequestLedger.class)
                .profiles(profiles)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=ERROR",
                        "--spring.datasource.url=" + url(postgres),
                        "--spring.mongodb.uri="
                                + TestServers.shared(Product.MONGODB).uri(),
                        "--spring.data.redis.url=" + redis.uri());
    }

    private static String url(TestServer postgres) {
        return "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/postgres";
    }

    private static String base(ConfigurableApplicationContext context) {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private int put(String url, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private void isUsedOverHttp(ConfigurableApplicationContext context) throws Exception {
        String base = base(context);
        UUID id = UUID.randomUUID();
        sellsPens(base);

        assertThat(put(base + "/orders/" + id + "?sku=pen&quantity=3", "")).isEqualTo(200);
        assertThat(get(base + "/orders/" + id).body()).contains("\"cents\":897");
        assertThat(put(base + "/orders/" + UUID.randomUUID() + "?sku=nothing&quantity=1", ""))
                .isEqualTo(404);

        PoolRegistry pools = context.getBean(PoolRegistry.class);
        long asked = pools.get("mongo").stats().acquired();
        assertThat(get(base + "/products/pen").body()).contains("299");
        assertThat(pools.get("mongo").stats().acquired())
                .as("the cache answers")
                .isEqualTo(asked);

        assertThat(get(base + "/actuator/pools").body()).contains("\"dataSource\"", "\"mongo\"", "\"redis\"");
        assertThat(get(base + "/actuator/health").body()).contains("\"pools\"");
        assertThat(get(base + "/actuator/metrics/jdbc.connections.max").body()).contains("10");
    }

    private void sellsPens(String base) throws Exception {
        assertThat(put(base + "/products/pen", "{\"sku\":\"pen\",\"name\":\"Pen\",\"cents\":299}"))
                .isEqualTo(200);
    }

    private Figures live(String pool, ConfigurableApplicationContext context, TestServer postgres) throws Exception {
        RequestLedger ledger = context.getBean(RequestLedger.class);
        String base = base(context);
        sellsPens(base);
        try (var customers = new Customers(base, CUSTOMERS)) {
            awaitMore(customers, 200);
            postgres.kill();
            postgres.start();
            long back = System.nanoTime();
            int before = customers.acknowledged.size();
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> customers.acknowledged.size() > before);
            long outage = Duration.ofNanos(System.nanoTime() - back).toMillis();
            awaitMore(customers, 200);
            int refused = customers.refusals.get();

            int failedBefore = ledger.failed.get();
            List<CompletableFuture<HttpResponse<String>>> reports = reports(base, ledger);
            context.close();
            for (CompletableFuture<HttpResponse<String>> report : reports) {
                assertThat(report.get().statusCode())
                        .as("a report that was under way")
                        .isEqualTo(200);
            }
            int unanswered = ledger.accepted.get() - ledger.answered.get() - ledger.failed.get();
            int cutOff = ledger.failed.get() - failedBefore + unanswered;
            customers.close();
            int lost = customers.acknowledged.size() - there(postgres, customers.acknowledged);
            return new Figures(
                    pool,
                    customers.acknowledged.size(),
                    refused,
                    lost,
                    outage,
                    Duration.ofNanos(customers.slowestNanos.get()).toMillis(),
                    cutOff);
        } finally {
            context.close();
        }
    }

    private static void awaitMore(Customers customers, int many) {
        int wanted = customers.acknowledged.size() + many;
        await().atMost(Duration.ofSeconds(30)).until(() -> customers.acknowledged.size() >= wanted);
    }

    /** Requests that hold a connection for a while, all of them accepted when this returns. */
    private List<CompletableFuture<HttpResponse<String>>> reports(String base, RequestLedger ledger) {
        var reports = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        int before = ledger.reports.get();
        for (int i = 0; i < REPORTS; i++) {
            reports.add(http.sendAsync(
                    HttpRequest.newBuilder(URI.create(base + "/orders/count?seconds=0.7"))
                            .build(),
                    BodyHandlers.ofString()));
        }
        await().until(() -> ledger.reports.get() - before == REPORTS);
        return reports;
    }

    private static int there(TestServer postgres, Set<UUID> ids) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(postgres), "postgres", "");
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from orders where id = any(?)")) {
            count.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }
}
