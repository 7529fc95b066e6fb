package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.datasource.HikariMigration.Finding;
import dev.cenote.jdbc.datasource.HikariMigration.Outcome;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What becomes of each of HikariCP's properties. */
final class HikariRules {
    /** By the name in lower case. */
    static final Map<String, HikariRule> ALL = new TreeMap<>();

    static final Set<String> NAMES = new TreeSet<>();

    /** What is said where a property was not set, by its name. */
    static final Map<String, Finding> OTHER_DEFAULTS = new LinkedHashMap<>();

    static {
        where();
        sizesAndTimes();
        sessions();
        without();
        defaults();
    }

    private HikariRules() {}

    /** What becomes of the property of that name, as a row of a table. */
    static String row(String name) {
        HikariRule rule = Objects.requireNonNull(ALL.get(name.toLowerCase(Locale.ROOT)), name);
        String unset = Optional.ofNullable(OTHER_DEFAULTS.get(name))
                .map(Finding::explanation)
                .orElse("");
        return "| `" + name + "` | "
                + rule.option().map(option -> "`" + option + "`").orElse("nothing") + " | "
                + HikariRule.joined(rule.explanation(), unset) + " |";
    }

    private static void where() {
        same("jdbcUrl", "url", (builder, value) -> builder.url(text(value)));
        same("username", "user", (builder, value) -> builder.user(text(value)));
        same("password", "password", (builder, value) -> builder.password(text(value)));
        same("driverClassName", "driverClassName", (builder, value) -> builder.driverClassName(text(value)));
        same("dataSource", "dataSource", (builder, value) -> builder.dataSource(dataSource(value)));
        same(
                "dataSourceClassName",
                "dataSourceClassName",
                (builder, value) -> builder.dataSourceClassName(text(value)));
        same("dataSourceJNDI", "jndiName", (builder, value) -> builder.jndiName(text(value)));
        similar(
                "dataSourceProperties",
                "driverProperty",
                "each as dataSource.NAME, or all as a java.util.Map; with dataSourceClassName they are dataSourceProperty",
                (builder, value) -> {});
        same("poolName", "name", (builder, value) -> builder.name(text(value)));
    }

    private static void sizesAndTimes() {
        count("maximumPoolSize", "maxSize", "", (builder, value) -> builder.maxSize(toInt(value)));
        count(
                "minimumIdle",
                "minSize",
                "counts all connections, not the idle ones: none is opened ahead of need beyond it",
                (builder, value) -> builder.minSize(toInt(value)));
        time(
                "connectionTimeout",
                "acquireTimeout",
                "bounds the whole wait, validation included; opening one connection is bounded by connectTimeout apart",
                (builder, millis) -> builder.acquireTimeout(
                        Duration.ofMillis(millis == 0 ? HikariNumbers.FOR_EVER_MILLIS : millis)));
        time(
                "validationTimeout",
                "validateTimeout",
                "",
                (builder, millis) ->
                        builder.validateTimeout(Check.positive("validationTimeout", Duration.ofMillis(millis))));
        offAtZero(
                "idleTimeout",
                "idleTimeout",
                "",
                CenoteDataSourceBuilder::idleTimeout,
                CenoteDataSourceBuilder::withoutIdleTimeout);
        offAtZero(
                "maxLifetime",
                "maxLifetime",
                "ends earlier by up to 10%, at random; the replacement is opened first",
                CenoteDataSourceBuilder::maxLifetime,
                CenoteDataSourceBuilder::withoutMaxLifetime);
        offAtZero(
                "keepaliveTime",
                "keepaliveInterval",
                "",
                CenoteDataSourceBuilder::keepaliveInterval,
                CenoteDataSourceBuilder::withoutKeepalive);
        offAtZero(
                "leakDetectionThreshold",
                "leakThreshold",
                "tells a leak from slow use; acquireSites says whether stacks are kept",
                CenoteDataSourceBuilder::leakThreshold,
                CenoteDataSourceBuilder::withoutLeakThreshold);
    }

    private static void sessions() {
        same("autoCommit", "autoCommit", (builder, value) -> builder.autoCommit(bool("autoCommit", value)));
        same("readOnly", "readOnly", (builder, value) -> builder.readOnly(bool("readOnly", value)));
        same(
                "transactionIsolation",
                "transactionIsolation",
                (builder, value) -> builder.transactionIsolation(text(value)));
        same("catalog", "catalog", (builder, value) -> builder.catalog(text(value)));
        same("schema", "schema", (builder, value) -> builder.schema(text(value)));
        similar(
                "registerMbeans",
                "jmx",
                "the MBean has names of its own",
                (builder, value) -> builder.jmx(bool("registerMbeans", value)));
        same("connectionInitSql", "connectionInitSql", (builder, value) -> builder.connectionInitSql(text(value)));
    }

    private static void without() {
        nothing("connectionTestQuery", "Connection.isValid is asked, after validateAfterIdle and by the keepalive");
        nothing("allowPoolSuspension", "pool().pause() and ready() are always there");
        nothing(
                "initializationFailTimeout",
                "a pool starts without its server and says why it has no connection when one is asked for; ask at the"
                        + " start to fail there");
        nothing("isolateInternalQueries", "what the pool runs by itself is always committed by itself");
        nothing("metricRegistry", "figures are pool().stats(), pool().report() and events");
        nothing("metricsTrackerFactory", "figures are pool().stats(), pool().report() and events");
        nothing("healthCheckRegistry", "pool().health() tells, with the reason");
        nothing("healthCheckProperties", "pool().health() tells, with the reason");
        nothing("scheduledExecutor", "runtime(PoolRuntime) takes one, by code");
        nothing("threadFactory", "runtime(PoolRuntime) takes executors, by code");
        nothing("exceptionOverride", "verdict(code, change) and verdictIf(condition, change) say what an error means");
        nothing(
                "exceptionOverrideClassName",
                "verdict(code, change) and verdictIf(condition, change) say what an error means");
        nothing("credentials", "user and password, or credentials(CredentialsProvider), by code");
        nothing("credentialsProvider", "credentials(CredentialsProvider) is asked at each connect, by code");
        nothing("credentialsProviderClassName", "credentials(CredentialsProvider) is asked at each connect, by code");
    }

    private static void defaults() {
        other("connectionTimeout", "acquireTimeout=5s", "HikariCP waits for 30 s");
        other("minimumIdle", "minSize=0", "HikariCP keeps as many as maximumPoolSize open");
        other("validationTimeout", "validateTimeout=2s", "HikariCP waits for 5 s");
        OTHER_DEFAULTS.put(
                "initializationFailTimeout",
                new Finding(
                        "initializationFailTimeout",
                        Outcome.OTHER_DEFAULT,
                        Optional.empty(),
                        "where it is not set, HikariCP fails at its start if it gets no connection, and a pool here starts"
                                + " without its server"));
        OTHER_DEFAULTS.put(
                "connectTimeout",
                new Finding(
                        "connectTimeout",
                        Outcome.OTHER_DEFAULT,
                        Optional.of("connectTimeout=5s"),
                        "HikariCP has no such option: opening a connection may take as long as the driver's login time-out,"
                                + " which it sets to connectionTimeout"));
    }

    private static void same(String name, String becomes, BiConsumer<CenoteDataSourceBuilder, Object> set) {
        add(new HikariRule.Option(name, becomes, Outcome.SAME, "", set));
    }

    private static void similar(
            String name, String becomes, String explanation, BiConsumer<CenoteDataSourceBuilder, Object> set) {
        add(new HikariRule.Option(name, becomes, Outcome.SIMILAR, explanation, set));
    }

    private static void count(String name, String becomes, String explanation, HikariRule.Sets set) {
        add(new HikariRule.Count(name, becomes, explanation, set));
    }

    private static void time(String name, String becomes, String explanation, HikariRule.Sets set) {
        add(new HikariRule.Time(name, becomes, explanation, set));
    }

    private static void offAtZero(
            String name,
            String becomes,
            String explanation,
            BiConsumer<CenoteDataSourceBuilder, Duration> set,
            Consumer<CenoteDataSourceBuilder> off) {
        time(name, becomes, explanation, (builder, millis) -> {
            if (millis == 0) {
                off.accept(builder);
            } else {
                set.accept(builder, Duration.ofMillis(millis));
            }
        });
    }

    private static void nothing(String name, String explanation) {
        add(new HikariRule.Nothing(name, explanation));
    }

    private static void other(String name, String has, String explanation) {
        OTHER_DEFAULTS.put(
                name,
                new Finding(name, Outcome.OTHER_DEFAULT, Optional.of(has), "where it is not set, " + explanation));
    }

    private static void add(HikariRule rule) {
        ALL.put(rule.name().toLowerCase(Locale.ROOT), rule);
        NAMES.add(rule.name());
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }

    private static DataSource dataSource(Object value) {
        if (value instanceof DataSource source) {
            return source;
        }
        throw new ConfigurationException("dataSource must be a javax.sql.DataSource, was "
                + value.getClass().getName());
    }

    private static int toInt(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    private static boolean bool(String name, Object value) {
        String text = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
        if (List.of("true", "false").contains(text)) {
            return text.equals("true");
        }
        throw new ConfigurationException(name + " must be true or false, was " + value);
    }
}
