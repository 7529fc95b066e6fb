package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.IsolationLevel;
import dev.cenote.jdbc.datasource.HikariMigration.Finding;
import dev.cenote.jdbc.datasource.HikariMigration.Outcome;
import dev.cenote.protocols.errors.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
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
        assertThat(findings.keySet()).containsAll(HikariMigration.knownProperties());
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

    @Test
    void propertiesOfTheDriverMayComeAsAnyMap() {
        var properties = new Properties();
        properties.put("prepareThreshold", 3); // not text, so that getProperty does not know it
        properties.setProperty("ssl", "true");
        for (Map<?, ?> all : List.of(properties, Map.of("prepareThreshold", 3, "ssl", true))) {
            var migration = HikariMigration.read(Map.of("jdbcUrl", "jdbc:h2:mem:map", "dataSourceProperties", all));
            assertThat(migration.builder().driverProperties)
                    .containsOnly(Map.entry("prepareThreshold", "3"), Map.entry("ssl", "true"));
        }
    }

    @Test
    void propertiesOfTheDriverInOneTextAreToldWithWhatToDo() {
        var migration = HikariMigration.read(
                Map.of("jdbcUrl", "jdbc:h2:mem:text", "data-source-properties", "{password=hush}"));
        var finding = byName(migration).get("dataSourceProperties");
        assertThat(finding.outcome()).isEqualTo(Outcome.NO_COUNTERPART);
        assertThat(finding.explanation())
                .isEqualTo(
                        "not read, as it is a java.lang.String: set each as dataSource.NAME, or all as a java.util.Map");
        assertThat(migration.report()).doesNotContain("hush");
    }

    @Test
    void everyIsolationThatHikariCpNamesHasItsNumber() {
        for (IsolationLevel level : IsolationLevel.values()) {
            assertThat(Isolation.level(level.name())).as(level.name()).isEqualTo(level.getLevelId());
            assertThat(HikariMigration.read(Map.of("transactionIsolation", level.name()))
                            .builder()
                            .settings)
                    .containsEntry(Setting.ISOLATION, level.getLevelId());
        }
    }

    // ---- what HikariCP makes of numbers

    private static final List<String> NUMBERS = List.of(
            "maximumPoolSize", "minimumIdle", "maxLifetime", "keepaliveTime", "leakDetectionThreshold", "idleTimeout");

    private static long hikaris(HikariConfig config, String name) {
        return switch (name) {
            case "maximumPoolSize" -> config.getMaximumPoolSize();
            case "minimumIdle" -> config.getMinimumIdle();
            case "maxLifetime" -> config.getMaxLifetime();
            case "keepaliveTime" -> config.getKeepaliveTime();
            case "leakDetectionThreshold" -> config.getLeakDetectionThreshold();
            default -> config.getIdleTimeout();
        };
    }

    /** Whichever are set together, what it is said to replace is what its configuration has after its own validation. */
    @Test
    void whatHikariCpReplacesIsToldAsItDoes() {
        var random = new Random(42);
        long[] times = {0, 1, 1_999, 2_000, 9_999, 10_000, 29_999, 30_000, 31_000, 60_000, 600_000, 1_800_001};
        for (int round = 0; round < 5_000; round++) {
            var set = new Properties();
            for (String name : NUMBERS) {
                boolean isSize = name.endsWith("Size") || name.endsWith("Idle");
                long value = isSize ? random.nextInt(1, 15) : times[random.nextInt(times.length)];
                if (name.equals("maxLifetime") && random.nextInt(8) == 0) {
                    value = -1;
                }
                if (random.nextBoolean()) {
                    set.setProperty(name, String.valueOf(value));
                }
            }
            assertToldAsItDoes(set);
        }
    }

    private static void assertToldAsItDoes(Properties set) {
        var config = new HikariConfig(set);
        config.setJdbcUrl("jdbc:h2:mem:numbers");
        config.validate();
        var numbers = new HikariNumbers();
        set.stringPropertyNames().forEach(name -> numbers.set(name, Long.parseLong(set.getProperty(name))));
        for (String name : set.stringPropertyNames()) {
            long told = numbers.replaced(name).map(HikariNumbers.Replaced::by).orElse(numbers.get(name));
            assertThat(told).as("%s of %s", name, set).isEqualTo(hikaris(config, name));
        }
    }

    @Test
    void aNumberThatHikariCpReplacesStaysAndIsTold() {
        var migration = HikariMigration.read(Map.of(
                "maxLifetime",
                "20s",
                "keepaliveTime",
                1_000,
                "leakDetectionThreshold",
                "1999",
                "minimumIdle",
                2,
                "maximumPoolSize",
                5,
                "idleTimeout",
                "5000"));
        var findings = byName(migration);
        assertThat(findings.get("maxLifetime").toString())
                .startsWith("maxLifetime -> maxLifetime=20000ms: ")
                .endsWith(
                        "HikariCP has 1800000 ms in its place, since it is less than 30000 ms; here it is as it was set");
        assertThat(findings.get("keepaliveTime"))
                .hasToString("keepaliveTime -> keepaliveInterval=1000ms: HikariCP turns it off, since it is less than"
                        + " 30000 ms; here it is as it was set");
        assertThat(findings.get("keepaliveTime").outcome()).isEqualTo(Outcome.SIMILAR);
        assertThat(findings.get("leakDetectionThreshold").explanation())
                .contains("HikariCP turns it off, since it is less than 2000 ms");
        assertThat(findings.get("idleTimeout").explanation())
                .isEqualTo(
                        "HikariCP has 600000 ms in its place, since it is less than 10000 ms; here it is as it was set");
        var options = migration.builder().poolOptions();
        assertThat(options.maxLifetime()).contains(Duration.ofSeconds(20));
        assertThat(options.keepaliveInterval()).contains(Duration.ofSeconds(1));
    }

    @Test
    void moreIdleOnesThanThePoolMayHaveAreAsManyAsItMayHave() {
        var migration = HikariMigration.read(Map.of("minimumIdle", 20, "maximumPoolSize", 5));
        assertThat(migration.builder().poolOptions().minSize()).isEqualTo(5);
        assertThat(byName(migration).get("minimumIdle").toString())
                .startsWith("minimumIdle -> minSize=5: ")
                .endsWith("HikariCP takes 5 for what is more than maximumPoolSize (5); so does this");
    }

    @Test
    void whatMeansNothingBecomesWhatHikariCpMakesOfIt() {
        var migration = HikariMigration.read(Map.of("maxLifetime", -1, "keepaliveTime", "-1"));
        assertThat(migration.builder().poolOptions().maxLifetime()).contains(Duration.ofMinutes(30));
        assertThat(migration.builder().poolOptions().keepaliveInterval()).isEmpty();
        assertThat(byName(migration).get("keepaliveTime").explanation()).endsWith("; so does this");
        assertThatThrownBy(() -> HikariMigration.read(Map.of("idleTimeout", -1)))
                .hasMessage("idleTimeout must be >= 0, was -1");
        assertThatThrownBy(() -> HikariMigration.read(Map.of("validationTimeout", 0)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("validationTimeout must be > 0");
    }

    @Test
    void aTimeoutThatHikariCpRefusesIsTakenAndTold() {
        for (String name : List.of("connectionTimeout", "validationTimeout")) {
            var config = new Properties();
            config.setProperty(name, "249");
            assertThatThrownBy(() -> new HikariConfig(config)).hasStackTraceContaining("less than 250");
            assertThat(byName(HikariMigration.read(config)).get(name).explanation())
                    .endsWith(
                            "HikariCP does not start with it, since it is less than 250 ms; here it is as it was set");
        }
    }

    @Test
    void aWaitWithoutEndIsAsLongAsHikariCps() {
        var config = new HikariConfig();
        config.setConnectionTimeout(0);
        var migration = HikariMigration.read(Map.of("connectionTimeout", "0"));
        assertThat(migration.builder().poolOptions().acquireTimeout())
                .isEqualTo(Duration.ofMillis(config.getConnectionTimeout()));
        assertThat(migration.report()).contains("connectionTimeout -> acquireTimeout=2147483647ms");
    }

    @Test
    void timesMayHaveUnitsAsHikariCpReadsThem() {
        assertThatThrownBy(() -> HikariMigration.read(Map.of("maxLifetime", "99999999999999d")))
                .hasMessage("maxLifetime must be a whole number, was 99999999999999d");
        for (String text : List.of("700ms", "40s", "3m", "2h", "1d")) {
            var properties = new Properties();
            properties.setProperty("maxLifetime", text);
            assertThat(HikariMigration.read(properties).builder().poolOptions().maxLifetime())
                    .contains(Duration.ofMillis(new HikariConfig(properties).getMaxLifetime()));
        }
    }

    @Test
    void anIdleTimeoutIsToldThatHadNoEffect() {
        assertThat(byName(HikariMigration.read(Map.of("idleTimeout", "60000")))
                        .get("idleTimeout")
                        .explanation())
                .isEqualTo("without effect in HikariCP, which keeps all connections open where minimumIdle is not set");
    }

    @Test
    void whatOpensConnectionsAndHowItStartsIsToldWhereNothingIsSet() {
        var findings = byName(HikariMigration.read(Map.of("jdbcUrl", "jdbc:h2:mem:unset")));
        assertThat(new HikariConfig().getInitializationFailTimeout()).isEqualTo(1);
        assertThat(findings.get("initializationFailTimeout").outcome()).isEqualTo(Outcome.OTHER_DEFAULT);
        assertThat(findings.get("initializationFailTimeout").explanation()).contains("fails at its start");
        assertThat(findings.get("connectTimeout").became()).contains("connectTimeout=5s");
        assertThat(CenoteDataSource.builder().poolOptions().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    // ---- which of several

    @Test
    void ofSeveralSourcesHikariCpsIsTakenAndTheOthersAreTold() throws SQLException {
        var h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:first");
        h2.setUser("sa");
        var migration = HikariMigration.read(Map.of(
                "dataSource", h2,
                "jdbcUrl", "jdbc:nobody:knows",
                "driverClassName", "org.h2.Driver",
                "dataSource.url", "jdbc:h2:mem:second"));
        var findings = byName(migration);
        for (String ignored : List.of("jdbcUrl", "driverClassName", "dataSource.url")) {
            assertThat(findings.get(ignored).explanation())
                    .isEqualTo("HikariCP ignores it beside dataSource; so does this");
        }
        try (CenoteDataSource source = migration.builder().build();
                Connection connection = source.getConnection()) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:first");
        }
    }

    @Test
    void whatStandsUnderHikariCpsPrefixOverridesSpringBoots() {
        var migration = HikariMigration.read(new TreeMap<>(Map.of(
                "spring.datasource.username", "general",
                "spring.datasource.hikari.username", "special",
                "spring.datasource.password", "sesame",
                "spring.datasource.driver-class-name", "org.h2.Driver",
                "spring.datasource.hikari.driver-class-name", "",
                "spring.datasource.hikari.connection-timeout", "")));
        assertThat(migration.builder().user).isEqualTo("special");
        assertThat(migration.builder().driverClassName).as("blank sets nothing").isEqualTo("org.h2.Driver");
        assertThat(migration.findings())
                .anySatisfy(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.OTHER_DEFAULT))
                .extracting(Finding::property)
                .containsOnlyOnce("username");
    }

    @Test
    void nullSetsNothing() {
        var unset = new HashMap<String, Object>();
        unset.put("maximumPoolSize", null);
        assertThat(HikariMigration.read(unset).builder().poolOptions().maxSize())
                .isEqualTo(10);
    }
}
