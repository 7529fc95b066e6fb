package dev.cenote.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.protocols.errors.PoolException;
import dev.cenote.spring.Postgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

/** What an application that cannot start says, as a user reads it. */
@ExtendWith(OutputCaptureExtension.class)
class AnalysisTest {
    private static final String CENOTE = "spring.datasource.cenote.";

    @Configuration
    @EnableAutoConfiguration(exclude = MongoAutoConfiguration.class)
    static class Application {}

    /** The report of a start that fails. */
    private static String report(CapturedOutput output, String... properties) {
        var application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=jdbc:h2:mem:analysis",
                        "cenote.mongo.enabled=true",
                        "cenote.redis.enabled=true");
        String[] arguments = new String[properties.length];
        for (int i = 0; i < properties.length; i++) {
            arguments[i] = "--" + properties[i];
        }
        Throwable failure = catchThrowable(() -> application.run(arguments).close());
        assertThat(failure).isNotNull();
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START");
        return output.getAll();
    }

    @Test
    void anUnknownPropertyIsAnsweredByTheNearest(CapturedOutput output) {
        assertThat(report(output, CENOTE + "max-sise=3"))
                .contains("There is no property spring.datasource.cenote.max-sise.")
                .contains("Did you mean spring.datasource.cenote.max-size");
    }

    @Test
    void aPropertyOfHikariIsAnsweredByWhatItBecame(CapturedOutput output) {
        assertThat(report(output, CENOTE + "maximum-pool-size=3"))
                .contains("maximum-pool-size is HikariCP's: here it is max-size.");
    }

    @Test
    void aPropertyOfHikariThatIsNoNumberIsAnsweredToo(CapturedOutput output) {
        assertThat(report(output, CENOTE + "register-mbeans=true"))
                .contains("register-mbeans is HikariCP's: here it is jmx.");
        assertThat(report(output, CENOTE + "data-source=orders"))
                .contains("data-source is HikariCP's: it is set by code.");
    }

    @Test
    void anUnknownPropertyOfAnotherPoolIsAnsweredToo(CapturedOutput output) {
        assertThat(report(output, "cenote.redis.shared-connection=3"))
                .contains("Did you mean cenote.redis.shared-connections");
    }

    @Test
    void aValueOfAnotherKindIsNamedWithItsPlace(CapturedOutput output) {
        assertThat(report(output, CENOTE + "acquire-timeout=soon"))
                .contains("spring.datasource.cenote.acquire-timeout")
                .contains("soon");
    }

    @Test
    void aDurationThatCanBeOffSaysSo(CapturedOutput output) {
        assertThat(report(output, CENOTE + "max-lifetime=never"))
                .contains("spring.datasource.cenote.max-lifetime")
                .contains("must be a duration, such as 30s, or off, was never");
    }

    @Test
    void aWordThatIsNoneOfTheChoicesIsNamed(CapturedOutput output) {
        assertThat(report(output, CENOTE + "reset-policy=partly"))
                .contains("spring.datasource.cenote.reset-policy")
                .contains("DIRTY");
    }

    @Test
    void aValueOutOfBoundsIsNamedByItsProperty(CapturedOutput output) {
        assertThat(report(output, CENOTE + "min-size=5", CENOTE + "max-size=2"))
                .contains("The properties spring.datasource.cenote.* make no pool: maxSize must be >=")
                .contains("Change spring.datasource.cenote.max-size.");
    }

    @Test
    void anIsolationThatThereIsNotIsNamed(CapturedOutput output) {
        assertThat(report(output, CENOTE + "transaction-isolation=perfect"))
                .contains("perfect")
                .contains("Change spring.datasource.cenote.transaction-isolation.");
    }

    @Test
    void aUrlThatNoDriverKnowsSaysWhatIsMissing(CapturedOutput output) {
        assertThat(report(output, "spring.datasource.url=jdbc:oracle:thin:@//secret-host/x"))
                .contains("on the class path")
                .doesNotContain(
                        "make no pool: url must be one that a driver on the class path knows, was jdbc:oracle:thin:@");
    }

    @Test
    void aDriverThatIsNotThereIsNamed(CapturedOutput output) {
        assertThat(report(output, "spring.datasource.driver-class-name=com.example.Driver"))
                .contains("com.example.Driver")
                .contains("Change spring.datasource.driver-class-name.");
    }

    @Test
    void aFullResetThatTheProductDoesNotHaveIsRefused(CapturedOutput output) {
        assertThat(report(output, CENOTE + "reset-policy=full")).contains("resetPolicy must be");
    }

    @Test
    void aServerThatDoesNotAnswerIsToLookAt(CapturedOutput output) throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThat(report(
                        output,
                        "spring.datasource.url=jdbc:postgresql://localhost:" + nobody + "/x",
                        CENOTE + "acquire-timeout=500ms",
                        CENOTE + "connect-at-start=true"))
                .contains("The application needs a connection to start. Pool dataSource")
                .contains("Check that the server runs and can be reached");
    }

    @Test
    void aDatabaseThatThereIsNotIsToLookAt(CapturedOutput output) {
        assertThat(report(
                        output,
                        "spring.datasource.url=" + Postgres.url().replace("/postgres", "/nowhere"),
                        "spring.datasource.username=postgres",
                        CENOTE + "connect-at-start=true"))
                .contains("The application needs a connection to start.")
                .contains("check user, password and the name of the database");
    }

    private static String onPostgres(CapturedOutput output, String property) {
        return report(
                output,
                "spring.datasource.url=" + Postgres.url(),
                "spring.datasource.username=postgres",
                CENOTE + "acquire-timeout=1s",
                CENOTE + "connect-at-start=true",
                property);
    }

    @Test
    void aStatementThatTheServerRefusesIsNamedByItsProperty(CapturedOutput output) {
        assertThat(onPostgres(output, CENOTE + "connection-init-sql=set no_such_setting to 1"))
                .contains("The database refused what spring.datasource.cenote.connection-init-sql asks for")
                .contains("unrecognized configuration parameter \"no_such_setting\"")
                .contains("Change spring.datasource.cenote.connection-init-sql, or leave it out: ")
                .doesNotContain("check user, password and the name of the database");
    }

    @Test
    void aSchemaThatTheDatabaseRefusesIsNamedByItsProperty(CapturedOutput output) {
        assertThat(report(
                        output,
                        CENOTE + "schema=nowhere",
                        CENOTE + "acquire-timeout=1s",
                        CENOTE + "connect-at-start=true"))
                .contains("The database refused what spring.datasource.cenote.schema asks for")
                .contains("Schema \"nowhere\" not found")
                .contains("Change spring.datasource.cenote.schema, or leave it out: ");
    }

    @Test
    void anIsolationThatTheDriverRefusesIsNamedByItsProperty(CapturedOutput output) {
        assertThat(onPostgres(output, CENOTE + "transaction-isolation=99"))
                .contains("The database refused what spring.datasource.cenote.transaction-isolation asks for");
    }

    @Test
    void aPropertyOfTheDriverThatItRefusesIsNamed(CapturedOutput output) {
        assertThat(onPostgres(output, CENOTE + "driver-properties.sslmode=perhaps"))
                .contains("The database refused what spring.datasource.cenote.driver-properties.sslmode asks for")
                .contains("perhaps");
    }

    @Test
    void aUserWhoIsRefusedIsNoPropertyOfTheDriver(CapturedOutput output) {
        assertThat(report(
                        output,
                        "spring.datasource.url=" + Postgres.url(),
                        CENOTE + "driver-properties.user=nobody",
                        CENOTE + "acquire-timeout=1s",
                        CENOTE + "connect-at-start=true"))
                .contains("check user, password and the name of the database");
    }

    @Test
    void aPoolThatBeginsPausedCannotConnectAtTheStart(CapturedOutput output) {
        assertThat(report(output, CENOTE + "start-paused=true", CENOTE + "connect-at-start=true"))
                .contains("The application needs a connection to start.")
                .contains("Leave out start-paused");
    }

    @Test
    void aPolicyThatThereIsNotIsNamed(CapturedOutput output) {
        assertThat(report(output, "cenote.redis.retry=orders"))
                .contains("retry must be one of [], was orders")
                .contains("Change cenote.redis.retry.");
    }

    @Test
    void aPolicyOutOfBoundsIsNamed(CapturedOutput output) {
        assertThat(report(output, "cenote.policies.retry.orders.max-retries=-1"))
                .contains("retry.orders: maxRetries must be");
    }

    @Test
    void aShutdownWithoutTimeIsRefused(CapturedOutput output) {
        assertThat(report(output, "cenote.shutdown.timeout=0s")).contains("cenote.shutdown.timeout must be");
    }

    private static FailureAnalysis analysisOfInit(String sqlState) {
        var lost = new SQLException("an I/O error occurred", sqlState);
        lost.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.postgresql.jdbc.PgStatement", "execute", null, 1),
            new StackTraceElement("dev.cenote.jdbc.datasource.SessionDefaults", "run", null, 1)
        });
        var environment = new MockEnvironment().withProperty(CENOTE + "connection-init-sql", "select 1");
        return new RefusedSettingAnalyzer(environment)
                .analyze(lost, new PoolException("dataSource", "no connection", lost));
    }

    @Test
    void aServerThatIsLostMeanwhileHasRefusedNothing() {
        assertThat(analysisOfInit("42704")).isNotNull();
        assertThat(analysisOfInit("08006")).isNull();
        assertThat(analysisOfInit("57P01")).isNull();
    }
}
