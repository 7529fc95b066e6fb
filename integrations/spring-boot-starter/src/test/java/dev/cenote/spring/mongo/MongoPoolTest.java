package dev.cenote.spring.mongo;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import dev.cenote.PoolRegistry;
import dev.cenote.mongo.MongoPool;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.policies.PoliciesAutoConfiguration;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MongoPoolTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    PoliciesAutoConfiguration.class,
                    MongoAutoConfiguration.class,
                    MongoPoolAutoConfiguration.class));

    private static String uri() {
        return TestServers.shared(Product.MONGODB).uri();
    }

    private static String host() {
        var server = TestServers.shared(Product.MONGODB);
        return server.host() + ":" + server.port();
    }

    private static void works(MongoPool pool) {
        var document = new Document("_id", System.nanoTime()).append("name", "by the pool");
        pool.execute(insertOne("starter", document));
        assertThat(pool.execute(findOne("starter", eq("_id", document.get("_id")))))
                .contains(document);
    }

    @Test
    void itConnectsWhereBootsClientDoesAndIsBesideIt() {
        runner.withPropertyValues("spring.mongodb.uri=" + uri()).run(context -> {
            assertThat(context).hasSingleBean(MongoClient.class).hasSingleBean(MongoPool.class);
            works(context.getBean(MongoPool.class));
            assertThat(context.getBean(PoolRegistry.class).all()).containsOnlyKeys("mongo");
        });
    }

    @Test
    void serviceConnectionsCount() {
        MongoConnectionDetails details = () -> new ConnectionString("mongodb://" + host() + "/of-a-container");
        runner.withBean(MongoConnectionDetails.class, () -> details).run(context -> {
            MongoPool pool = context.getBean(MongoPool.class);
            assertThat(pool.database().namespace()).contains("of-a-container");
            works(pool);
        });
    }

    @Test
    void itsOwnUriComesFirst() {
        runner.withPropertyValues(
                        "spring.mongodb.uri=mongodb://elsewhere/x", "cenote.mongo.uri=mongodb://" + host() + "/own")
                .run(context -> assertThat(
                                context.getBean(MongoPool.class).database().namespace())
                        .contains("own"));
    }

    @Test
    void bootsModuleIsNotNeeded() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PoolsAutoConfiguration.class,
                        PoliciesAutoConfiguration.class,
                        MongoPoolAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.mongodb"))
                .withPropertyValues("cenote.mongo.uri=" + uri())
                .run(context -> works(context.getBean(MongoPool.class)));
    }

    @Test
    void withoutTheBackendOrByPropertyThereIsNone() {
        runner.withPropertyValues("cenote.mongo.enabled=false")
                .run(context ->
                        assertThat(context).doesNotHaveBean(MongoPool.class).hasNotFailed());
        runner.withClassLoader(new FilteredClassLoader("dev.cenote.mongo"))
                .run(context -> assertThat(context)
                        .doesNotHaveBean("mongoPool")
                        .hasSingleBean(MongoClient.class)
                        .hasNotFailed());
    }
}
