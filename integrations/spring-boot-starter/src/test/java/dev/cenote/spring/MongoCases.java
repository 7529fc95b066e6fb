package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.mongo.MongoPool;
import dev.cenote.spring.policies.PolicyRegistry;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code cenote.mongo.*}, by what its pool is like. */
final class MongoCases {
    private static final String PREFIX = "cenote.mongo";

    private MongoCases() {}

    private static MongoPool pool(ConfigurableApplicationContext context) {
        return context.getBean(MongoPool.class);
    }

    static void connected(PropertyScene scene) {
        var server = TestServers.shared(Product.MONGODB);
        OptionCases.add(scene, PREFIX, "documents", context -> pool(context).options());
        scene.with(
                PREFIX + ".uri",
                "mongodb://" + server.host() + ":" + server.port() + "/other",
                context -> assertThat(
                                pool(context).database().server().orElseThrow().port())
                        .hasValue(server.port()));
        scene.with(
                PREFIX + ".database",
                "stock",
                context -> assertThat(pool(context).database().namespace()).contains("stock"));
        scene.with(
                PREFIX + ".max-change-streams",
                "3",
                context -> assertThat(pool(context).changeStreams().maxOpen()).isEqualTo(3));
        scene.with(
                PREFIX + ".call-timeout",
                "7s",
                context -> assertThat(pool(context).callTimeout()).isEqualTo(Duration.ofSeconds(7)));
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

    static void paused(PropertyScene scene) {
        OptionCases.addPaused(scene, PREFIX, "mongo");
    }

    static void leftOut(PropertyScene scene) {
        scene.with(
                PREFIX + ".enabled",
                "false",
                context -> assertThat(context.getBeansOfType(MongoPool.class)).isEmpty());
    }
}
