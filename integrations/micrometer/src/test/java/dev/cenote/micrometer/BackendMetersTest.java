package dev.cenote.micrometer;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolBuilder;
import dev.cenote.jdbc.Sql;
import dev.cenote.micrometer.PrometheusText.Sample;
import dev.cenote.mongo.MongoOperations;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** All four backends, on their servers, publish the same meters, and of operations what the conventions ask for. */
class BackendMetersTest extends MetricsFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DURATION = "db_client_operation_duration_seconds_count";

    /** What a backend is expected to say. */
    private record Case<C extends Connection>(
            Product product,
            Operation<? super C, ?> works,
            Operation<? super C, ?> fails,
            List<String> tags,
            String code) {}

    private <C extends Connection, P extends Pool<C>, B extends PoolBuilder<B, P>> void publishes(
            Case<C> expected, B builder) throws Exception {
        TestServer server = TestServers.shared(expected.product());
        try (P pool = patient(builder).name("orders").maxSize(2).build();
                var metrics = PoolMetrics.bind(pool, registry)) {
            pool.acquire().close();
            pool.execute(expected.works());
            pool.execute(expected.works());
            assertThatThrownBy(() -> pool.execute(expected.fails())).isNotNull();
            PrometheusText text = scrape(metrics);

            List<Sample> good = text.all(DURATION, "error_type", "");
            assertThat(good).hasSize(1);
            assertThat(good.get(0).value()).isEqualTo(2);
            assertThat(good.get(0).labels())
                    .containsEntry("server_address", server.host())
                    .containsEntry("server_port", Integer.toString(server.port()));
            assertThat(text.all(DURATION, expected.tags().toArray(String[]::new)))
                    .contains(good.get(0));
            assertThat(text.value(DURATION, "db_response_status_code", expected.code(), "error_type", expected.code()))
                    .isEqualTo(1);
            assertThat(text.value("cenote_pool_connections_opened_total")).isPositive();
            assertThat(text.value("db_client_connection_create_time_seconds_count"))
                    .isPositive();
            assertThat(names(text)).isEqualTo(expectedNames());
            assertAtRest(pool);
        }
    }

    /** The first connection of a driver may take long on a machine that is busy. */
    private static <B extends PoolBuilder<B, ?>> B patient(B builder) {
        return builder.acquireTimeout(PATIENCE).connectTimeout(PATIENCE);
    }

    private static Set<String> names(PrometheusText text) {
        var names = new TreeSet<String>();
        text.samples().forEach(sample -> names.add(sample.name()));
        return names;
    }

    /** Without what only pools with policies have. */
    private static Set<String> expectedNames() {
        var names = new TreeSet<String>();
        Expected.DATABASE.forEach(meter -> names.addAll(meter.samples()));
        Expected.CENOTE.forEach(meter -> names.addAll(meter.samples()));
        names.removeIf(name -> name.contains("circuit") || name.contains("budget") || name.contains("retries_refused"));
        return names;
    }

    @Test
    void postgres() throws Exception {
        String uri = TestServers.shared(Product.POSTGRES).uri();
        publishes(
                new Case<>(
                        Product.POSTGRES,
                        Sql.query("select count(*) from pg_class", row -> row.getLong(1)),
                        Sql.query("select * from nowhere", row -> 1),
                        List.of(
                                "db_system_name",
                                "postgresql",
                                "db_operation_name",
                                "query",
                                "db_collection_name",
                                "pg_class"),
                        "42P01"),
                PostgresPool.builder().uri(uri));
    }

    @Test
    void mariadb() throws Exception {
        String uri = TestServers.shared(Product.MARIADB).uri();
        publishes(
                new Case<>(
                        Product.MARIADB,
                        Sql.query("select count(*) from information_schema.tables", row -> row.getLong(1)),
                        Sql.query("select * from nowhere", row -> 1),
                        List.of("db_system_name", "mariadb", "db_operation_name", "query"),
                        "1146"),
                MySqlPool.builder().uri(uri));
    }

    @Test
    void mongo() throws Exception {
        String uri = TestServers.shared(Product.MONGODB).uri();
        var there = new Document("_id", "there");
        try (var pool = patient(MongoPool.builder().uri(uri).database("test")).build()) {
            pool.execute(MongoOperations.deleteMany("metered", there));
            pool.execute(MongoOperations.insertOne("metered", there));
        }
        publishes(
                new Case<>(
                        Product.MONGODB,
                        MongoOperations.countDocuments("metered", there),
                        MongoOperations.insertOne("metered", there),
                        List.of("db_system_name", "mongodb", "db_namespace", "test", "db_collection_name", "metered"),
                        "11000"),
                MongoPool.builder().uri(uri).database("test"));
    }

    /** Keys may be secret, and there may be any number of them: none is told. */
    @Test
    void redis() throws Exception {
        String uri = TestServers.shared(Product.REDIS).uri();
        try (var pool = patient(RedisPool.builder().uri(uri)).build()) {
            pool.execute(RedisOperations.set("secret-key", "text"));
        }
        publishes(
                new Case<>(
                        Product.REDIS,
                        RedisOperations.get("secret-key"),
                        RedisOperations.incr("secret-key"),
                        List.of("db_system_name", "redis", "db_operation_name", "GET", "db_collection_name", ""),
                        "ERR"),
                RedisPool.builder().uri(uri));
        assertThat(registry.scrape()).doesNotContain("secret");
    }
}
