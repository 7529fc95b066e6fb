package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.datasource.HikariMigration.Finding;
import dev.cenote.jdbc.datasource.HikariMigration.Outcome;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What becomes of each of HikariCP's properties. */
final class HikariRules {
    /** Its longest wait, for a connectionTimeout of 0. */
    private static final Duration FOR_EVER = Duration.ofMillis(Integer.MAX_VALUE);

    private static final String SECRET = "***";

    /** By the name in lower case. */
    static final Map<String, Rule> ALL = new TreeMap<>();

    static final Set<String> NAMES = new TreeSet<>();

    /** What is said where a property was not set, by its name. */
    static final Map<String, Finding> OTHER_DEFAULTS = new LinkedHashMap<>();

    /** What becomes of one property. */
    interface Rule {
        String name();

        /** The option that it becomes, if it does. */
        Optional<String> option();

        /** What to know of that. */
        String explanation();

        Finding apply(CenoteDataSourceBuilder builder, Object value);
    }

    private record Option(
            String name,
            String becomes,
            Outcome outcome,
            String explanation,
            BiConsumer<CenoteDataSourceBuilder, Object> set)
            implements Rule {
        @Override
        public Optional<String> option() {
            return Optional.of(becomes);
        }

        @Override
        public Finding apply(CenoteDataSourceBuilder builder, Object value) {
            if (value instanceof String text && text.isBlank() && !name.equals("password")) {
                return new Finding(name, Outcome.NO_COUNTERPART, Optional.empty(), "blank, taken for not set");
            }
            set.accept(builder, value);
            return new Finding(name, outcome, Optional.of(becomes + "=" + shown(value)), explanation);
        }

        /** A URL may hold a password. */
        private String shown(Object value) {
            return switch (name) {
                case "password", "dataSourceProperties" -> SECRET;
                case "connectionInitSql" -> SqlDigest.of(String.valueOf(value), true);
                case "jdbcUrl" -> String.valueOf(value).split("[/?;@]", 2)[0] + "...";
                case "dataSource" -> value.getClass().getName();
                case "connectionTimeout", "validationTimeout", "idleTimeout", "maxLifetime", "keepaliveTime" ->
                    millis(value);
                case "leakDetectionThreshold" -> millis(value);
                default -> String.valueOf(value);
            };
        }

        private String millis(Object value) {
            long millis = number(name, value);
            return millis == 0
                    ? (name.equals("connectionTimeout") ? FOR_EVER.toMillis() + "ms" : "off")
                    : millis + "ms";
        }
    }

    private record Nothing(String name, String explanation) implements Rule {
        @Override
        public Optional<String> option() {
            return Optional.empty();
        }

        @Override
        public Finding apply(CenoteDataSourceBuilder builder, Object value) {
            return new Finding(name, Outcome.NO_COUNTERPART, Optional.empty(), explanation);
        }
    }

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
        Rule rule = Objects.requireNonNull(ALL.get(name.toLowerCase(Locale.ROOT)), name);
        String unset = Optional.ofNullable(OTHER_DEFAULTS.get(name))
                .map(Finding::explanation)
                .orElse("");
        String explanation = Stream.of(rule.explanation(), unset)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return "| `" + name + "` | "
                + rule.option().map(option -> "`" + option + "`").orElse("nothing") + " | " + explanation + " |";
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
                "each as dataSource.NAME, or all as java.util.Properties; with dataSourceClassName they are dataSourceProperty",
                (builder, value) -> {});
        same("poolName", "name", (builder, value) -> builder.name(text(value)));
    }

    private static void sizesAndTimes() {
        same("maximumPoolSize", "maxSize", (builder, value) -> builder.maxSize(integer("maximumPoolSize", value)));
        similar(
                "minimumIdle",
                "minSize",
                "counts all connections, not the idle ones: none is opened ahead of need beyond it",
                (builder, value) -> builder.minSize(integer("minimumIdle", value)));
        similar(
                "connectionTimeout",
                "acquireTimeout",
                "bounds the whole wait, validation included; opening one connection is bounded by connectTimeout apart",
                (builder, value) -> duration(
                        "connectionTimeout", value, builder::acquireTimeout, () -> builder.acquireTimeout(FOR_EVER)));
        same(
                "validationTimeout",
                "validateTimeout",
                (builder, value) -> duration("validationTimeout", value, builder::validateTimeout, () -> {}));
        same(
                "idleTimeout",
                "idleTimeout",
                (builder, value) -> duration("idleTimeout", value, builder::idleTimeout, builder::withoutIdleTimeout));
        similar(
                "maxLifetime",
                "maxLifetime",
                "ends earlier by up to 10%, at random; the replacement is opened first",
                (builder, value) -> duration("maxLifetime", value, builder::maxLifetime, builder::withoutMaxLifetime));
        same(
                "keepaliveTime",
                "keepaliveInterval",
                (builder, value) ->
                        duration("keepaliveTime", value, builder::keepaliveInterval, builder::withoutKeepalive));
        similar(
                "leakDetectionThreshold",
                "leakThreshold",
                "tells a leak from slow use; acquireSites says whether stacks are kept",
                (builder, value) -> duration(
                        "leakDetectionThreshold", value, builder::leakThreshold, builder::withoutLeakThreshold));
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
    }

    private static void same(String name, String becomes, BiConsumer<CenoteDataSourceBuilder, Object> set) {
        add(new Option(name, becomes, Outcome.SAME, "", set));
    }

    private static void similar(
            String name, String becomes, String explanation, BiConsumer<CenoteDataSourceBuilder, Object> set) {
        add(new Option(name, becomes, Outcome.SIMILAR, explanation, set));
    }

    private static void nothing(String name, String explanation) {
        add(new Nothing(name, explanation));
    }

    private static void other(String name, String has, String explanation) {
        OTHER_DEFAULTS.put(
                name,
                new Finding(name, Outcome.OTHER_DEFAULT, Optional.of(has), "where it is not set, " + explanation));
    }

    private static void add(Rule rule) {
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

    private static long number(String name, Object value) {
        try {
            return Long.parseLong(String.valueOf(value).strip());
        } catch (NumberFormatException malformed) {
            throw new ConfigurationException(name + " must be a whole number, was " + value);
        }
    }

    private static int integer(String name, Object value) {
        return Math.toIntExact(Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(name, value))));
    }

    private static boolean bool(String name, Object value) {
        String text = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
        if (List.of("true", "false").contains(text)) {
            return text.equals("true");
        }
        throw new ConfigurationException(name + " must be true or false, was " + value);
    }

    private static void duration(String name, Object value, Consumer<Duration> set, Runnable zero) {
        long millis = number(name, value);
        if (millis == 0) {
            zero.run();
        } else {
            set.accept(Duration.ofMillis(millis));
        }
    }
}
