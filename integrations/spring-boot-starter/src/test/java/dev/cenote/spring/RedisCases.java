package dev.cenote.spring;

import static dev.cenote.redis.RedisOperations.command;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cenote.protocols.PoolRuntime;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import dev.cenote.redis.pubsub.Topic;
import dev.cenote.spring.policies.PolicyRegistry;
import dev.cenote.testkit.servers.TestServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code cenote.redis.*}, by what its pool does. */
final class RedisCases {
    private static final String PREFIX = "cenote.redis";

    private RedisCases() {}

    private static RedisPool pool(ConfigurableApplicationContext context) {
        return context.getBean(RedisPool.class);
    }

    static void connected(PropertyScene scene, TestServer server) {
        scene.with(Delays.class);
        OptionCases.add(scene, PREFIX, "cache", context -> pool(context).options());
        scene.with(
                PREFIX + ".uri",
                "redis://" + server.host() + ":" + server.port() + "/5",
                context -> assertThat(pool(context).database().namespace()).contains("5"));
        scene.with(
                PREFIX + ".shared-connections",
                "2",
                context ->
                        assertThat(pool(context).sharedLane().maxConnections()).isEqualTo(2));
        scene.with(PREFIX + ".max-in-flight", "1", RedisCases::takesALeaseWhenOneIsUnderWay);
        scene.with(PREFIX + ".pub-sub-heartbeat", "777ms", context -> {
            Delays delays = context.getBean(Delays.class);
            try (var subscription = pool(context).pubSub().subscribe(message -> {}, Topic.channel("orders"))) {
                await().until(() -> delays.asked().contains(Duration.ofMillis(777)));
            }
        });
        scene.with(
                PREFIX + ".call-timeout",
                "8s",
                context -> assertThat(pool(context).callTimeout()).isEqualTo(Duration.ofSeconds(8)));
        scene.with(
                PREFIX + ".retry",
                "patient",
                context -> assertThat(pool(context).stats().policies().retryBudgetLeft())
                        .hasValue(7));
        scene.with(
                PREFIX + ".circuit-breaker",
                "patient",
                context -> assertThat(pool(context).circuit())
                        .contains(context.getBean(PolicyRegistry.class).circuit("patient")));
    }

    /** The server is told to let no write through meanwhile: each shared connection has one, and the third a lease. */
    private static void takesALeaseWhenOneIsUnderWay(ConfigurableApplicationContext context) {
        RedisPool pool = pool(context);
        await().until(() -> {
            pool.execute(set("warm", "up"));
            return pool.sharedLane().connections() == 2;
        });
        pool.execute(command("CLIENT", "PAUSE", "60000", "WRITE"));
        CompletableFuture<?>[] writes = Stream.of("a", "b", "c")
                .map(key -> pool.executeAsync(set(key, "1")))
                .toArray(CompletableFuture[]::new);
        try {
            await().untilAsserted(() -> {
                assertThat(pool.sharedLane().inFlight()).isEqualTo(2);
                assertThat(pool.stats().leased()).isEqualTo(1);
            });
        } finally {
            pool.execute(command("CLIENT", "UNPAUSE"));
        }
        CompletableFuture.allOf(writes).join();
    }

    /** Hears for how long the pool has its tasks delayed. */
    @Configuration(proxyBeanMethods = false)
    static class Delays {
        private final Set<Duration> asked = ConcurrentHashMap.newKeySet();
        private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                asked.add(Duration.of(delay, unit.toChronoUnit()));
                return super.schedule(task, delay, unit);
            }
        };

        Set<Duration> asked() {
            return asked;
        }

        @Bean(destroyMethod = "shutdownNow")
        ScheduledThreadPoolExecutor delaysOfRedis() {
            return scheduler;
        }

        @Bean
        PoolCustomizer<RedisPoolBuilder> listeningToDelays() {
            return builder -> builder.runtime(PoolRuntime.system().withScheduler(scheduler));
        }
    }

    static void paused(PropertyScene scene) {
        OptionCases.addPaused(scene, PREFIX, "redis");
    }

    static void leftOut(PropertyScene scene) {
        scene.with(
                PREFIX + ".enabled",
                "false",
                context -> assertThat(context.getBeansOfType(RedisPool.class)).isEmpty());
    }
}
