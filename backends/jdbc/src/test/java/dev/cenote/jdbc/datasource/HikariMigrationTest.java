package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.cenote.jdbc.datasource.HikariMigration.Finding;
import dev.cenote.jdbc.datasource.HikariMigration.Outcome;
import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What becomes of HikariCP's properties. */
class HikariMigrationTest {
    private static Map<String, Finding> byName(HikariMigration migration) {
        var found = new TreeMap<String, Finding>();
        migration.findings().forEach(finding -> found.put(finding.property(), finding));
        return found;
    }

    @Test
    void knowsEveryPropertyOfItsConfiguration() {
        var properties = new TreeSet<String>();
        Arrays.stream(HikariConfig.class.getMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .map(method -> method.getName().substring(3))
                .map(name -> name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1))
                .forEach(properties::add);
        assertThat(properties).hasSizeGreaterThan(30);
        assertThat(HikariMigration.knownProperties()).isEqualTo(properties);
    }

    @Test
    void saysSomethingOfEveryProperty() {
        var all = new HashMap<String, Object>();
        HikariMigration.knownProperties().forEach(name -> all.put(name, ""));
        var findings = byName(HikariMigration.read(all));
        assertThat(findings.keySet()).isEqualTo(HikariMigration.knownProperties());
        findings.values().forEach(finding -> assertThat(finding.outcome()).isNotEqualTo(Outcome.UNKNOWN));
        findings.values().stream()
                .filter(finding -> finding.became().isEmpty())
                .forEach(finding -> assertThat(finding.explanation()).isNotBlank());
    }

    @Test
    void configuresTheSamePool() throws SQLException {
        var properties = new Properties();
        properties.setProperty("jdbcUrl", "jdbc:h2:mem:moved");
        properties.setProperty("username", "sa");
        properties.setProperty("password", "hush");
        properties.setProperty("maximumPoolSize", "7");
        properties.setProperty("minimumIdle", "2");
        properties.setProperty("connectionTimeout", "3000");
        properties.setProperty("maxLifetime", "0");
        properties.setProperty("idleTimeout", "60000");
        properties.setProperty("keepaliveTime", "0");
        properties.setProperty("leakDetectionThreshold", "2000");
        properties.setProperty("autoCommit", "false");
        properties.setProperty("transactionIsolation", "TRANSACTION_SERIALIZABLE");
        properties.setProperty("poolName", "moved");
        properties.setProperty("dataSource.MODE", "MySQL");
        HikariMigration migration = HikariMigration.read(properties);
        var options = migration.builder().poolOptions();
        assertThat(options.maxSize()).isEqualTo(7);
        assertThat(options.minSize()).isEqualTo(2);
        assertThat(options.acquireTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.maxLifetime()).isEmpty();
        assertThat(options.idleTimeout()).contains(Duration.ofMinutes(1));
        assertThat(options.keepaliveInterval()).isEmpty();
        assertThat(options.leakThreshold()).contains(Duration.ofSeconds(2));
        assertThat(migration.report()).doesNotContain("hush").contains("maximumPoolSize -> maxSize=7");
        try (CenoteDataSource source = migration.builder().build();
                Connection connection = source.getConnection()) {
            assertThat(source.pool().name()).isEqualTo("moved");
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        }
    }

    @Test
    void readsNamesWithHyphensAndPrefixesAndThenNoOthers() {
        var migration = HikariMigration.read(Map.of(
                "spring.datasource.hikari.maximum-pool-size", "5",
                "spring.datasource.url", "jdbc:h2:mem:spring",
                "spring.datasource.username", "sa",
                "spring.datasource.driver-class-name", "org.h2.Driver",
                "spring.jpa.open-in-view", "false",
                "java.version", "17"));
        assertThat(migration.builder().poolOptions().maxSize()).isEqualTo(5);
        assertThat(migration.builder().url).isEqualTo("jdbc:h2:mem:spring");
        assertThat(migration.findings()).noneMatch(finding -> finding.outcome() == Outcome.UNKNOWN);
        assertThat(HikariMigration.read(Map.of("hikari.maximumPoolSize", 6))
                        .builder()
                        .poolOptions()
                        .maxSize())
                .isEqualTo(6);
    }

    @Test
    void tellsWhatHasNoCounterpartAndWhy() {
        var findings =
                byName(HikariMigration.read(Map.of("connectionTestQuery", "SELECT 1", "allowPoolSuspension", "true")));
        assertThat(findings.get("connectionTestQuery").outcome()).isEqualTo(Outcome.NO_COUNTERPART);
        assertThat(findings.get("connectionTestQuery").explanation()).contains("isValid");
        assertThat(findings.get("allowPoolSuspension").explanation()).contains("pause()");
    }

    @Test
    void tellsWhichDefaultsDiffer() {
        var findings = byName(HikariMigration.read(Map.of("minimumIdle", "1")));
        assertThat(findings.get("connectionTimeout"))
                .isEqualTo(new Finding(
                        "connectionTimeout",
                        Outcome.OTHER_DEFAULT,
                        Optional.of("acquireTimeout=5s"),
                        "where it is not set, HikariCP waits for 30 s"));
        assertThat(findings.get("minimumIdle").outcome()).isEqualTo(Outcome.SIMILAR);
    }

    /** What it says of the defaults is what HikariCP has. */
    @Test
    void theDefaultsThatItTellsAreHikariCps() {
        var config = new HikariConfig();
        assertThat(config.getConnectionTimeout()).isEqualTo(30_000);
        assertThat(config.getValidationTimeout()).isEqualTo(5_000);
        assertThat(Duration.ofMillis(config.getIdleTimeout()))
                .isEqualTo(
                        CenoteDataSource.builder().poolOptions().idleTimeout().orElseThrow());
        assertThat(Duration.ofMillis(config.getMaxLifetime()))
                .isEqualTo(
                        CenoteDataSource.builder().poolOptions().maxLifetime().orElseThrow());
        assertThat(Duration.ofMillis(config.getKeepaliveTime()))
                .isEqualTo(CenoteDataSource.builder()
                        .poolOptions()
                        .keepaliveInterval()
                        .orElseThrow());
    }

    @Test
    void anUnknownNameIsToldWithWhatIsNear() {
        var finding =
                HikariMigration.read(Map.of("maximumPoolSise", "3")).findings().get(0);
        assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding.explanation()).contains("near it are: maximumPoolSize");
    }

    @Test
    void aWrongValueIsRefusedByName() {
        assertThatThrownBy(() -> HikariMigration.read(Map.of("maximumPoolSize", "ten")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("maximumPoolSize must be a whole number, was ten");
        assertThatThrownBy(() -> HikariMigration.read(Map.of("dataSource", "ten")))
                .hasMessage("dataSource must be a javax.sql.DataSource, was java.lang.String");
    }

    @Test
    void aDataSourceIsTakenAsItIs() {
        var h2 = new JdbcDataSource();
        assertThat(HikariMigration.read(Map.of("dataSource", h2)).builder().wrapped)
                .isSameAs(h2);
    }

    @Test
    void propertiesOfADataSourceClassGoToIt() {
        var migration = HikariMigration.read(Map.of(
                "dataSourceClassName", JdbcDataSource.class.getName(),
                "dataSource.url", "jdbc:h2:mem:class",
                "data-source-properties.user", "sa"));
        assertThat(migration.builder().dataSourceProperties)
                .containsEntry("url", "jdbc:h2:mem:class")
                .containsEntry("user", "sa");
        assertThat(migration.report()).doesNotContain("jdbc:h2:mem:class");
    }
}
