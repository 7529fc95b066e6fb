package dev.cenote.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.spring.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint, health and metrics over HTTP, on PostgreSQL. */
class PoolsEndpointTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ConfigurableApplicationContext context;

    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    @BeforeAll
    static void start() {
        context = application("management.endpoint.pools.access=unrestricted");
    }

    private static ConfigurableApplicationContext application(String... more) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + Postgres.url() + "?password=s3cret",
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=s3cret",
                        "spring.datasource.cenote.name=orders",
                        "spring.datasource.cenote.max-size=3",
                        "spring.datasource.cenote.acquire-sites=all",
                        "cenote.metrics.hikari-names=true",
                        "cenote.mongo.enabled=false",
                        "cenote.redis.enabled=false",
                        "management.endpoints.web.exposure.include=pools,health,metrics",
                        "management.endpoint.health.show-details=always",
                        "management.health.redis.enabled=false",
                        "management.health.mongo.enabled=false")
                .properties(more)
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> send(ConfigurableApplicationContext to, String path, HttpRequest.Builder how)
            throws IOException, InterruptedException {
        String port = to.getEnvironment().getProperty("local.server.port");
        return HTTP.send(
                how.uri(URI.create("http://localhost:" + port + "/actuator/" + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(context, path, HttpRequest.newBuilder());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(
                context,
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void allPoolsAreThere() throws Exception {
        JsonNode pools = get("pools").get("pools");

        assertThat(pools.propertyNames()).containsExactly("orders");
        assertThat(pools.get("orders").get("health").asString()).isEqualTo("UP");
        assertThat(pools.get("orders").get("sizes").get("maxSize").asInt()).isEqualTo(3);
    }

    @Test
    void aPoolTellsWhoHoldsItsConnections() throws Exception {
        try (var held = context.getBean(CenoteDataSource.class).getConnection();
                var statement = held.createStatement()) {
            statement.execute("select 1");

            JsonNode pool = get("pools/orders");

            assertThat(pool.get("database").get("system").asString()).isEqualTo("postgresql");
            assertThat(pool.get("sizes").get("leased").asInt()).isEqualTo(1);
            JsonNode holder = pool.get("holders").get(0);
            assertThat(holder.get("thread").asString())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(holder.get("acquiredAt").toString()).contains("PoolsEndpointTest");
            assertThat(pool.get("counts").get("acquired").asLong()).isPositive();
        }
    }

    @Test
    void noSecretIsShown() throws Exception {
        String all = get("pools").toString() + get("pools/orders") + get("health") + get("metrics");

        assertThat(all).doesNotContain("s3cret");
    }

    @Test
    void anUnknownPoolIsNotFound() throws Exception {
        assertThat(send(context, "pools/customers", HttpRequest.newBuilder()).statusCode())
                .isEqualTo(404);
        assertThat(post("pools/customers/clear", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void aPoolIsPausedAndMadeReady() throws Exception {
        JsonNode paused = done(post("pools/orders/pause", "{}"));
        try {
            assertThat(paused.get("sizes").get("state").asString()).isEqualTo("PAUSED");
            HttpResponse<String> health = send(context, "health", HttpRequest.newBuilder());
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(health.body())
                            .at("/components/pools/components/orders/status")
                            .asString())
                    .isEqualTo("OUT_OF_SERVICE");
        } finally {
            JsonNode ready = done(post("pools/orders/ready", "{}"));
            assertThat(ready.get("sizes").get("state").asString()).isEqualTo("READY");
        }
    }

    @Test
    void aPoolIsCleared() throws Exception {
        long before = get("pools/orders").get("sizes").get("generation").asLong();

        JsonNode cleared = done(post("pools/orders/clear", "{\"inUse\":\"ABORTED\"}"));

        assertThat(cleared.get("sizes").get("generation").asLong()).isGreaterThan(before);
    }

    @Test
    void aPoolIsResized() throws Exception {
        JsonNode larger = done(post("pools/orders/resize", "{\"maxSize\":5}"));
        assertThat(larger.get("sizes").get("maxSize").asInt()).isEqualTo(5);
        assertThat(larger.get("sizes").get("minSize").asInt()).isZero();

        assertThat(post("pools/orders/resize", "{\"minSize\":9}").statusCode()).isEqualTo(400);
        assertThat(post("pools/orders/explode", "{}").statusCode()).isEqualTo(400);
        done(post("pools/orders/resize", "{\"maxSize\":3}"));
    }

    @Test
    void writingMustBeAllowed() throws Exception {
        try (ConfigurableApplicationContext closedToWriters = application()) {
            HttpResponse<String> refused = send(
                    closedToWriters,
                    "pools/orders/pause",
                    HttpRequest.newBuilder().POST(BodyPublishers.noBody()));

            assertThat(refused.statusCode()).isIn(404, 405);
            assertThat(send(closedToWriters, "pools/orders", HttpRequest.newBuilder())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void healthHasEachPoolWithItsReason() throws Exception {
        JsonNode pool = get("health").at("/components/pools/components/orders");

        assertThat(pool.get("status").asString()).isEqualTo("UP");
        assertThat(pool.at("/details/reason").asString()).isNotBlank();
        assertThat(pool.at("/details/maxSize").asInt()).isEqualTo(3);
    }

    @Test
    void theMetricsOfAnyPoolAreThere() throws Exception {
        String names = get("metrics").get("names").toString();

        assertThat(names)
                .contains("jdbc.connections.active", "jdbc.connections.idle", "jdbc.connections.max")
                .contains("jdbc.connections.min");
        assertThat(names).contains("db.client.connection.count", "cenote.pool.health", "hikaricp.connections");
        JsonNode max = get("metrics/jdbc.connections.max");
        assertThat(max.at("/measurements/0/value").asInt()).isEqualTo(3);
    }
}
