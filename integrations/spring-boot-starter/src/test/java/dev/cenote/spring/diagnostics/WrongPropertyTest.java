package dev.cenote.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolRegistry;
import dev.cenote.jdbc.datasource.Credentials;
import dev.cenote.jdbc.datasource.CredentialsProvider;
import dev.cenote.spring.DurationOrOff;
import dev.cenote.spring.Metadata;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.actuate.PoolsMetricsAutoConfiguration;
import dev.cenote.spring.jdbc.CenoteDataSourceAutoConfiguration;
import dev.cenote.spring.jdbc.RequestCounter;
import dev.cenote.spring.mongo.MongoPoolAutoConfiguration;
import dev.cenote.spring.policies.PoliciesAutoConfiguration;
import dev.cenote.spring.redis.RedisPoolAutoConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.util.ClassUtils;

/** Every property that can have a wrong value has one, and the report of the start that fails says which and why. */
class WrongPropertyTest {
    private static final String SOURCE = "spring.datasource.cenote.";
    private static final String URL = "spring.datasource.url=jdbc:h2:mem:wrong";

    private static final List<FailureAnalyzer> ANALYZERS = SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                    FailureAnalyzer.class,
                    ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
                            .and(Environment.class, new StandardEnvironment()),
                    FailureHandler.handleMessage((message, failure) -> {})); // those whose library is not here

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    PoliciesAutoConfiguration.class,
                    CenoteDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    MongoPoolAutoConfiguration.class,
                    RedisPoolAutoConfiguration.class,
                    PoolsMetricsAutoConfiguration.class));

    /** What the report of a start with these properties would say, as Boot finds it. */
    private FailureAnalysis analysis(String... properties) {
        return analysis(runner, properties);
    }

    private static FailureAnalysis analysis(ApplicationContextRunner runner, String... properties) {
        var found = new ArrayList<FailureAnalysis>();
        runner.withPropertyValues(properties).run(context -> {
            assertThat(context).hasFailed();
            ANALYZERS.stream()
                    .map(analyzer -> analyzer.analyze(Objects.requireNonNull(context.getStartupFailure())))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(found::add);
        });
        assertThat(found).as("an analysis").hasSize(1);
        return found.get(0);
    }

    private static Stream<String> ours() {
        return Metadata.leaves().keySet().stream().filter(name -> !name.startsWith("management."));
    }

    /** Whichever it is, a policy has that name. */
    private static String written(String property) {
        return property.replace("*", "orders");
    }

    /** A value that is none of that type; null if all are. */
    private static @Nullable String ofAnotherKind(Class<?> type) {
        Class<?> kind = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (kind == Boolean.class) {
            return "perhaps";
        }
        boolean texts = kind == String.class || Map.class.isAssignableFrom(kind);
        return texts ? null : "some";
    }

    @TestFactory
    Stream<DynamicTest> aValueOfAnotherKindIsNamed() {
        return ours().flatMap(property -> {
            String value = ofAnotherKind(
                    Objects.requireNonNull(Metadata.leaves().get(property)).type());
            return Stream.ofNullable(value)
                    .map(wrong -> DynamicTest.dynamicTest(property + "=" + wrong, () -> {
                        FailureAnalysis analysis = analysis(URL, written(property) + "=" + wrong);
                        assertThat(analysis.getDescription())
                                .contains(written(property))
                                .contains(wrong);
                        assertThat(analysis.getAction()).isNotBlank();
                    }));
        });
    }

    /** A value of that type that is less than any may be. */
    private static Optional<String> tooLittle(Class<?> type) {
        Class<?> kind = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (kind == Duration.class || kind == DurationOrOff.class) {
            return Optional.of("-1s");
        }
        return Number.class.isAssignableFrom(kind) ? Optional.of("-1") : Optional.empty();
    }

    @TestFactory
    Stream<DynamicTest> aValueOutOfBoundsIsNamed() {
        return ours().flatMap(property ->
                tooLittle(Objects.requireNonNull(Metadata.leaves().get(property))
                                .type())
                        .stream()
                        .map(wrong -> DynamicTest.dynamicTest(property + "=" + wrong, () -> {
                            FailureAnalysis analysis = analysis(URL, written(property) + "=" + wrong);
                            assertThat(analysis.getDescription())
                                    .contains(" must be ")
                                    .contains(", was ");
                            assertThat(analysis.getAction()).isEqualTo("Change " + written(property) + ".");
                        })));
    }

    private static Arguments wrong(String action, String... properties) {
        return Arguments.of(action, properties);
    }

    static Stream<Arguments> contradictions() {
        String other = SOURCE + "data-source-class-name=" + RequestCounter.class.getName();
        return Stream.of(
                wrong("Change " + SOURCE + "max-size.", URL, SOURCE + "min-size=5", SOURCE + "max-size=2"),
                wrong("Change cenote.redis.max-size.", URL, "cenote.redis.min-size=11"),
                wrong("Change " + SOURCE + "connect-backoff-cap.", URL, SOURCE + "connect-backoff-base=1s"),
                wrong("Leave out " + SOURCE + "data-source-class-name or the other.", URL, other),
                wrong(
                        "Leave out " + SOURCE + "data-source-class-name or the other.",
                        "spring.datasource.driver-class-name=org.h2.Driver",
                        other),
                wrong("Leave out " + SOURCE + "jndi-name or the other.", other, SOURCE + "jndi-name=java:comp/env/x"),
                wrong("Leave out " + SOURCE + "jndi-name or the other.", URL, SOURCE + "jndi-name=java:comp/env/x"),
                wrong("Change " + SOURCE + "data-source-properties.", URL, SOURCE + "data-source-properties.tag=x"),
                wrong("Change " + SOURCE + "driver-properties.", other, SOURCE + "driver-properties.tag=x"),
                wrong("Change " + SOURCE + "pg-bouncer.", URL, SOURCE + "pg-bouncer=true"),
                wrong(
                        "Change " + SOURCE + "reset-policy.",
                        "spring.datasource.url=jdbc:postgresql://localhost/x",
                        SOURCE + "pg-bouncer=true",
                        SOURCE + "reset-policy=full"),
                wrong(
                        "Change " + SOURCE + "connection-init-sql.",
                        "spring.datasource.url=jdbc:postgresql://localhost/x",
                        SOURCE + "pg-bouncer=true",
                        SOURCE + "connection-init-sql=select 1"),
                wrong("Change " + SOURCE + "reset-policy.", URL, SOURCE + "reset-policy=full"),
                wrong("Change cenote.policies.retry.orders.cap.", URL, "cenote.policies.retry.orders.base=10s"),
                wrong(
                        "Change cenote.policies.retry.orders.multiplier.",
                        URL,
                        "cenote.policies.retry.orders.form=fixed",
                        "cenote.policies.retry.orders.multiplier=2"),
                wrong(
                        "Change cenote.policies.retry.orders.jitter.",
                        URL,
                        "cenote.policies.retry.orders.form=decorrelated",
                        "cenote.policies.retry.orders.jitter=0.5"),
                wrong(
                        "Change cenote.policies.circuit-breaker.orders.minimum-calls.",
                        URL,
                        "cenote.policies.circuit-breaker.orders.window-calls=50"),
                wrong(
                        "Give one of the two pools another name, by spring.datasource.cenote.name, cenote.mongo.name,"
                                + " cenote.redis.name or its builder.",
                        URL,
                        "cenote.mongo.name=orders",
                        "cenote.redis.name=orders"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatDoesNotGoTogetherIsNamed(String action, String... properties) {
        assertThat(analysis(properties).getAction()).isEqualTo(action);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                wrong("Change spring.datasource.url. If it", "spring.datasource.url=jdbc:oracle:thin:@//h/x"),
                wrong(
                        "Change spring.datasource.driver-class-name. Without it",
                        URL,
                        "spring.datasource.driver-class-name=com.example.Driver"),
                wrong("Change " + SOURCE + "data-source-class-name.", SOURCE + "data-source-class-name=com.example.X"),
                wrong(
                        "Change " + SOURCE + "data-source-class-name.",
                        SOURCE + "data-source-class-name=java.lang.String"),
                wrong("Change " + SOURCE + "jndi-name.", SOURCE + "jndi-name=java:comp/env/x"),
                wrong(
                        "Change " + SOURCE + "data-source-properties.",
                        SOURCE + "data-source-class-name=" + RequestCounter.class.getName(),
                        SOURCE + "data-source-properties.colour=red"),
                wrong("Change " + SOURCE + "transaction-isolation.", URL, SOURCE + "transaction-isolation=perfect"),
                wrong("Change cenote.mongo.retry.", URL, "cenote.mongo.retry=nobody"),
                wrong("Change cenote.mongo.circuit-breaker.", URL, "cenote.mongo.circuit-breaker=nobody"),
                wrong("Change cenote.redis.retry.", URL, "cenote.redis.retry=nobody"),
                wrong("Change cenote.redis.circuit-breaker.", URL, "cenote.redis.circuit-breaker=nobody"),
                wrong("Change cenote.mongo.database.", URL, "cenote.mongo.database=a b"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void whatIsNotThereIsNamed(String action, String... properties) {
        assertThat(analysis(properties).getAction()).startsWith(action);
    }

    private static final String PROVIDER = "spring.jpa.properties.hibernate.connection.provider_disables_autocommit";

    @ParameterizedTest
    @ValueSource(strings = {"spring.datasource.cenote.max-size=3", "spring.datasource.cenote.auto-commit=true"})
    void hibernateMustNotTakeAutoCommitForOffWhereItIsOn(String other) {
        FailureAnalysis analysis = analysis(URL, PROVIDER + "=true", other);

        assertThat(analysis.getDescription())
                .contains("autoCommit must be false")
                .contains(PROVIDER)
                .contains(other.endsWith("true") ? ", was true" : ", was not set");
        assertThat(analysis.getAction())
                .contains("Set spring.datasource.cenote.auto-commit=false, or leave out " + PROVIDER)
                .contains("nothing is rolled back");
    }

    @Test
    void hibernateMayTakeAutoCommitForOffWhereItIs() {
        runner.withPropertyValues(URL, PROVIDER + "=true", SOURCE + "auto-commit=false")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues(URL, PROVIDER + "=false")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues(URL, "spring.jpa.properties.other=${NOBODY_SETS_THIS}")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void twoProvidersOfCredentialsAreNamed() {
        CredentialsProvider either = () -> new Credentials("sa", "");
        FailureAnalysis analysis = analysis(
                runner.withBean("vault", CredentialsProvider.class, () -> either)
                        .withBean("file", CredentialsProvider.class, () -> either),
                URL);

        assertThat(analysis.getDescription())
                .contains("CredentialsProvider must be one bean or have one that is @Primary, was [vault, file]");
        assertThat(analysis.getAction()).isEqualTo("Mark one of these beans as @Primary, or leave out the others.");
    }

    @Test
    void anEmptyNameIsNone() {
        runner.withPropertyValues(URL, SOURCE + "name=", "cenote.mongo.name=", "cenote.redis.name=")
                .run(context -> assertThat(context.getBean(PoolRegistry.class).all())
                        .containsOnlyKeys("dataSource", "mongo", "redis"));
    }

    @Test
    void aMalformedUriIsShownWithoutItsPassword() {
        FailureAnalysis mongo = analysis(URL, "cenote.mongo.uri=mongodb://me:s3cret@host:many/x");
        FailureAnalysis redis = analysis(URL, "cenote.redis.uri=http://me:s3cret@host/x");

        assertThat(mongo.getDescription()).contains("cenote.mongo").doesNotContain("s3cret");
        assertThat(redis.getDescription()).contains("cenote.redis").doesNotContain("s3cret");
    }
}
