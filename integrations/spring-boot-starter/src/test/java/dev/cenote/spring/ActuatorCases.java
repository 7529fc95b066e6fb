package dev.cenote.spring;

import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Pool;
import dev.cenote.redis.RedisPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

/** What is seen from outside: metrics, the endpoint, the end. */
final class ActuatorCases {
    private ActuatorCases() {}

    static void shown(PropertyScene scene) {
        scene.with(Meters.class);
        scene.with("cenote.metrics.operations", "false", context -> {
            context.getBean(RedisPool.class).execute(set("measured", "not"));
            assertThat(meters(context))
                    .contains("db.client.connection.count")
                    .doesNotContain("db.client.operation.duration");
        });
        scene.with(
                "cenote.metrics.hikari-names",
                "true",
                context -> assertThat(meters(context)).contains("hikaricp.connections"));
        scene.with(
                "cenote.shutdown.timeout",
                "7s",
                context -> assertThat(ReflectionTestUtils.getField(context.getBean(PoolShutdown.class), "timeoutNanos"))
                        .isEqualTo(Duration.ofSeconds(7).toNanos()));
        scene.with(
                "management.endpoint.pools.access",
                "unrestricted",
                context -> assertThat(send(context, "/orders/ready", post()).statusCode())
                        .isEqualTo(200));
        scene.with("management.endpoint.pools.cache.time-to-live", "1h", ActuatorCases::isNotAskedTwice);
    }

    private static HttpRequest.Builder post() {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
    }

    private static void isNotAskedTwice(ConfigurableApplicationContext context) throws Exception {
        String first = send(context, "", HttpRequest.newBuilder()).body();
        Pool<?> pool = PropertyScene.pool(context, "orders");
        pool.resize(1, 8);
        try {
            assertThat(send(context, "", HttpRequest.newBuilder()).body())
                    .isEqualTo(first)
                    .contains("\"orders\"");
        } finally {
            pool.resize(1, 7);
        }
    }

    private static HttpResponse<String> send(
            ConfigurableApplicationContext context, String path, HttpRequest.Builder how)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        how.uri(URI.create("http://localhost:" + port + "/actuator/pools" + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static List<String> meters(ConfigurableApplicationContext context) {
        return context.getBean(MeterRegistry.class).getMeters().stream()
                .map(meter -> meter.getId().getName())
                .distinct()
                .toList();
    }

    static void leftOut(PropertyScene scene) {
        scene.with(Meters.class);
        scene.with(
                "cenote.metrics.enabled",
                "false",
                context -> assertThat(meters(context))
                        .contains("jdbc.connections.max")
                        .doesNotContain("db.client.connection.count"));
    }

    /** Keeps the meters. */
    @Configuration(proxyBeanMethods = false)
    static class Meters {
        @Bean
        SimpleMeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}
