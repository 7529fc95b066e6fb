package dev.cenote.spring.redis;

import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.ping;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.redis.RedisClusterPool;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import dev.cenote.spring.PoolCustomizer;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.policies.PoliciesAutoConfiguration;
import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisPoolTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    PoliciesAutoConfiguration.class,
                    DataRedisAutoConfiguration.class,
                    RedisPoolAutoConfiguration.class));

    private static TestServer server() {
        return TestServers.shared(Product.REDIS);
    }

    @Test
    void itConnectsWhereSpringDataDoesAndIsBesideIt() {
        runner.withPropertyValues(
                        "spring.data.redis.host=" + server().host(),
                        "spring.data.redis.port=" + server().port(),
                        "spring.data.redis.database=3",
                        "spring.data.redis.client-name=starter")
                .run(context -> {
                    RedisPool pool = context.getBean(RedisPool.class);
                    pool.execute(set("starter", "by the pool"));
                    assertThat(context.getBean(StringRedisTemplate.class)
                                    .opsForValue()
                                    .get("starter"))
                            .isEqualTo("by the pool");
                    assertThat(pool.database().namespace()).contains("3");
                    assertThat(context.getBean(PoolRegistry.class).all()).containsOnlyKeys("redis");
                });
    }

    @Test
    void serviceConnectionsCount() {
        runner.withBean(DataRedisConnectionDetails.class, Details::new).run(context -> {
            RedisPool pool = context.getBean(RedisPool.class);
            pool.execute(set("of-a-container", "yes"));
            assertThat(pool.execute(get("of-a-container"))).contains("yes");
        });
    }

    private static final class Details implements DataRedisConnectionDetails {
        @Override
        public Standalone getStandalone() {
            return Standalone.of(server().host(), server().port());
        }
    }

    private static ServerOptions encrypted(String... arguments) {
        return ServerOptions.defaults().withTls().withArguments(arguments);
    }

    private static Path certificate(TestServer server) {
        return server.certificate().orElseThrow();
    }

    @Test
    void theBundleOfTheirPropertiesHasTheKeyAndWhatIsTrusted() {
        try (TestServer server = TestServers.start(Product.REDIS, encrypted("--tls-auth-clients", "yes"))) {
            ApplicationContextRunner trusting = runner.withConfiguration(
                            AutoConfigurations.of(SslAutoConfiguration.class))
                    .withPropertyValues(
                            "spring.data.redis.host=" + server.host(),
                            "spring.data.redis.port=" + server.port(),
                            "spring.data.redis.ssl.bundle=shop",
                            "cenote.redis.acquire-timeout=2s",
                            "spring.ssl.bundle.pem.shop.truststore.certificate=" + certificate(server));
            trusting.withPropertyValues(
                            "spring.ssl.bundle.pem.shop.keystore.certificate=" + certificate(server),
                            "spring.ssl.bundle.pem.shop.keystore.private-key="
                                    + certificate(server).resolveSibling("server.key"))
                    .run(context -> assertThat(context.getBean(RedisPool.class).execute(ping()))
                            .isEqualTo("PONG"));
            trusting.run(context -> assertThatThrownBy(
                            () -> context.getBean(RedisPool.class).execute(ping()))
                    .as("without a key, which this server asks for")
                    .isInstanceOf(PoolException.class));
        }
    }

    /** A server that speaks TLS as a container does, with a certificate of its own. */
    private record Encrypted(TestServer server, SslOptions options) implements DataRedisConnectionDetails {
        @Override
        public Standalone getStandalone() {
            return Standalone.of(server.host(), server.port());
        }

        @Override
        public SslBundle getSslBundle() {
            var trusted = new PemSslStoreBundle(
                    null, PemSslStoreDetails.forCertificate(certificate(server).toString()));
            return SslBundle.of(trusted, SslBundleKey.NONE, options);
        }
    }

    @Test
    void theBundleOfAServiceConnectionCounts() {
        try (TestServer server = TestServers.start(Product.REDIS, encrypted("--tls-protocols", "TLSv1.3"))) {
            runner.withBean(DataRedisConnectionDetails.class, () -> new Encrypted(server, SslOptions.NONE))
                    .run(context -> assertThat(context.getBean(RedisPool.class).execute(ping()))
                            .isEqualTo("PONG"));
            var older = SslOptions.of(Set.of(), Set.of("TLSv1.2"));
            runner.withBean(DataRedisConnectionDetails.class, () -> new Encrypted(server, older))
                    .withPropertyValues("cenote.redis.acquire-timeout=2s")
                    .run(context -> assertThatThrownBy(
                                    () -> context.getBean(RedisPool.class).execute(ping()))
                            .as("with a protocol that this server does not speak")
                            .isInstanceOf(PoolException.class));
        }
    }

    @Test
    void aUrlThatAsksForTlsGetsIt() {
        try (TestServer server = TestServers.start(Product.REDIS, encrypted("--tls-auth-clients", "no"))) {
            runner.withPropertyValues(
                            "spring.data.redis.url=rediss://" + server.host() + ":" + server.port(),
                            "cenote.redis.acquire-timeout=2s")
                    .withBean(
                            "trusting", PoolCustomizer.class, () -> (PoolCustomizer<RedisPoolBuilder>)
                                    builder -> builder.sslOptions(options -> options.trustManager(
                                            certificate(server).toFile())))
                    .run(context -> assertThat(context.getBean(RedisPool.class).execute(ping()))
                            .isEqualTo("PONG"));
        }
    }

    @Test
    void sentinelsAreAsked() {
        runner.withPropertyValues(
                        "spring.data.redis.sentinel.master=orders",
                        "spring.data.redis.sentinel.nodes=one.invalid:26379,two.invalid:26380")
                .run(context -> assertThat(
                                context.getBean(RedisPool.class).database().server())
                        .contains(HostAndPort.parse("one.invalid:26379")));
    }

    @Test
    void aClusterHasAPoolOfItsOwnType() {
        runner.withPropertyValues("spring.data.redis.cluster.nodes=one.invalid:6379,two.invalid:6379")
                .run(context -> assertThat(context)
                        .hasSingleBean(RedisClusterPool.class)
                        .doesNotHaveBean(RedisPool.class));
        runner.withPropertyValues("cenote.redis.uri=redis-cluster://one.invalid:6379")
                .run(context -> assertThat(context)
                        .hasSingleBean(RedisClusterPool.class)
                        .doesNotHaveBean(RedisPool.class));
    }

    @Test
    void whatHasNoCounterpartIsRefused() {
        runner.withPropertyValues(
                        "spring.data.redis.sentinel.master=orders",
                        "spring.data.redis.sentinel.nodes=one.invalid:26379",
                        "spring.data.redis.sentinel.username=somebody")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("spring.data.redis.sentinel.username must not be set"));
    }

    /** As a user's bean may be: no property speaks of a cluster. */
    private static final class OfCluster implements DataRedisConnectionDetails {
        @Override
        public Cluster getCluster() {
            return () -> List.of(new Node("one.invalid", 6379));
        }
    }

    @Test
    void connectionDetailsOfAClusterAreRefusedByThePoolOfOneServer() {
        runner.withBean(DataRedisConnectionDetails.class, OfCluster::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("DataRedisConnectionDetails must not be of a cluster"));
    }

    @Test
    void springDataIsNotNeeded() {
        runner.withClassLoader(
                        new FilteredClassLoader("org.springframework.data", "org.springframework.boot.data.redis"))
                .withPropertyValues("cenote.redis.uri=" + server().uri())
                .run(context -> assertThat(context.getBean(RedisPool.class).execute(set("alone", "yes")))
                        .isNotNull());
    }

    @Test
    void withoutTheBackendOrByPropertyThereIsNone() {
        runner.withPropertyValues("cenote.redis.enabled=false")
                .run(context ->
                        assertThat(context).doesNotHaveBean(RedisPool.class).hasNotFailed());
        runner.withClassLoader(new FilteredClassLoader("dev.cenote.redis"))
                .run(context -> assertThat(context)
                        .doesNotHaveBean("redisPool")
                        .hasSingleBean(StringRedisTemplate.class)
                        .hasNotFailed());
    }
}
