package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.DriverParameters;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads HikariCP's properties and says of each what it became here, or why it has no counterpart.
 *
 * <pre>{@code
 * HikariMigration migration = HikariMigration.read(properties);
 * System.out.println(migration.report());
 * CenoteDataSource source = migration.builder().build();
 * }</pre>
 *
 * <p>Names are understood as HikariCP has them and with hyphens ({@code maximumPoolSize}, {@code maximum-pool-size}), alone
 * or behind {@code hikari.} or {@code spring.datasource.hikari.}; where one has such a prefix, only those that have one are
 * read, and of {@code spring.datasource.} its URL, user, password, driver and name too. Immutable, but for its builder.
 */
public final class HikariMigration {
    private static final List<String> PREFIXES = List.of("spring.datasource.hikari.", "hikari.");
    private static final String SPRING = "spring.datasource.";
    private static final Map<String, String> OF_SPRING = Map.of(
            "url", "jdbcUrl",
            "username", "username",
            "password", "password",
            "driverclassname", "driverClassName",
            "name", "poolName");

    /** What has names of its own behind a dot. */
    private static final Set<String> NESTED = Set.of("datasource", "datasourceproperties", "healthcheckproperties");

    /** What says where to connect, in the order in which HikariCP goes by the first that is set. */
    private static final List<String> SOURCES =
            List.of("dataSource", "dataSourceClassName", "jdbcUrl", "dataSourceJNDI");

    private final CenoteDataSourceBuilder builder = new CenoteDataSourceBuilder();
    private final List<Finding> findings = new ArrayList<>();

    /** What is set, by its name in HikariCP; under its own name what HikariCP does not know. */
    private final Map<String, Given> given = new LinkedHashMap<>();

    private final HikariNumbers numbers = new HikariNumbers();
    private final Map<String, String> ofDriver = new LinkedHashMap<>();

    /** A property that is set. */
    private record Given(String name, @Nullable Object value) {
        /** Null if HikariCP does not know it. */
        @Nullable
        HikariRule rule() {
            return HikariRules.ALL.get(normal(name));
        }

        /** As Spring Boot has it: a variable without a value sets nothing. Yet a password may be empty. */
        boolean isBlank() {
            return value == null
                    || value instanceof String text
                            && text.isBlank()
                            && !normal(name).equals("password");
        }
    }

    /** What a property became. */
    public enum Outcome {
        /** The option that {@link Finding#became} names, with the same meaning. */
        SAME,
        /** The option that {@link Finding#became} names, whose meaning differs as the explanation says. */
        SIMILAR,
        /** Nothing: the explanation says why, and what there is instead. */
        NO_COUNTERPART,
        /** Not set, and Cenote's default differs from HikariCP's: the option that {@link Finding#became} names has it, if one has. */
        OTHER_DEFAULT,
        /** HikariCP has no such property; the explanation names what is near. */
        UNKNOWN
    }

    /**
     * What was found of one property.
     *
     * @param property its name in HikariCP; of an option that HikariCP does not have, its name here
     * @param outcome what kind of thing it became
     * @param became the option that it became, with its value; never a secret
     * @param explanation what to know of that
     */
    public record Finding(String property, Outcome outcome, Optional<String> became, String explanation) {
        @Override
        public String toString() {
            String head = property + " -> "
                    + became.orElse(outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            return explanation.isEmpty() ? head : head + ": " + explanation;
        }
    }

    private HikariMigration() {}

    /**
     * Reads properties.
     *
     * @throws ConfigurationException if a value is not of its kind; the message names the property
     */
    public static HikariMigration read(Properties properties) {
        var map = new TreeMap<String, Object>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        properties.forEach((name, value) -> map.putIfAbsent(String.valueOf(name), value));
        return read(map);
    }

    /**
     * Reads properties whose values may be text, numbers, truth values, a {@link DataSource} for {@code dataSource}, and a
     * {@link Map} for {@code dataSourceProperties}. Null and blank text set nothing.
     *
     * @throws ConfigurationException if a value is not of its kind; the message names the property
     */
    public static HikariMigration read(Map<String, ?> properties) {
        var migration = new HikariMigration();
        migration.sort(properties);
        migration.given.values().forEach(migration::count);
        Optional<String> source = SOURCES.stream().filter(migration::isSet).findFirst();
        migration.given.values().forEach(each -> migration.apply(each, source));
        migration.nameTheDrivers(source);
        migration.compareDefaults();
        return migration;
    }

    /** The name of the option that HikariCP's property of that name becomes, if it is one and becomes one. */
    static Optional<String> counterpartOf(String name) {
        return Optional.ofNullable(HikariRules.ALL.get(normal(name))).flatMap(HikariRule::option);
    }

    /** The properties of HikariCP's configuration that this knows: all of them, as of version 7.1. */
    public static Set<String> knownProperties() {
        return HikariRules.NAMES;
    }

    private static @Nullable String prefixOf(String name) {
        return PREFIXES.stream().filter(name::startsWith).findFirst().orElse(null);
    }

    private static String normal(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Spring Boot's own properties first: what stands under HikariCP's prefix overrides them. */
    private void sort(Map<String, ?> properties) {
        boolean prefixed = properties.keySet().stream().anyMatch(name -> prefixOf(name) != null);
        properties.forEach((name, value) -> {
            if (prefixOf(name) == null && name.startsWith(SPRING)) {
                String own = OF_SPRING.get(normal(name.substring(SPRING.length())));
                if (own != null) {
                    property(own, value);
                }
            }
        });
        properties.forEach((name, value) -> {
            String prefix = prefixOf(name);
            if (prefix != null) {
                property(name.substring(prefix.length()), value);
            } else if (!prefixed && !name.startsWith(SPRING)) {
                property(name, value);
            }
        });
    }

    private void property(String name, @Nullable Object value) {
        int dot = name.indexOf('.');
        if (dot > 0 && NESTED.contains(normal(name.substring(0, dot)))) {
            nested(normal(name.substring(0, dot)), name.substring(dot + 1), value);
            return;
        }
        var one = new Given(name, value);
        HikariRule rule = one.rule();
        String key = rule == null ? name : rule.name();
        if (one.isBlank()) {
            given.putIfAbsent(key, one);
        } else {
            given.put(key, one);
        }
    }

    private void nested(String kind, String name, @Nullable Object value) {
        if (kind.equals("healthcheckproperties")) {
            given.put("healthCheckProperties", new Given("healthCheckProperties", value));
        } else if (value != null) {
            ofDriver.put(name, String.valueOf(value));
        }
    }

    private boolean isSet(String name) {
        Given one = given.get(name);
        return one != null && !one.isBlank();
    }

    /** What HikariCP makes of one number depends on others. */
    private void count(Given one) {
        HikariRule rule = one.rule();
        Object value = one.value();
        if (rule != null && value != null && !one.isBlank()) {
            rule.number(value).ifPresent(number -> numbers.set(rule.name(), number));
        }
    }

    private void apply(Given one, Optional<String> source) {
        HikariRule rule = one.rule();
        if (rule == null) {
            findings.add(new Finding(one.name(), Outcome.UNKNOWN, Optional.empty(), unknown(one.name())));
            return;
        }
        Object value = one.value();
        if (value == null || one.isBlank() && rule.option().isPresent()) {
            findings.add(nothing(rule.name(), "blank, taken for not set"));
        } else if (isIgnored(rule.name(), source)) {
            findings.add(nothing(rule.name(), "HikariCP ignores it beside " + source.orElseThrow() + "; so does this"));
        } else if (rule.name().equals("dataSourceProperties")) {
            driverProperties(value);
        } else {
            findings.add(rule.apply(builder, value, numbers));
        }
    }

    private static Finding nothing(String name, String explanation) {
        return new Finding(name, Outcome.NO_COUNTERPART, Optional.empty(), explanation);
    }

    private static String unknown(String name) {
        String plain = name.replace("-", "").replace("_", "");
        return String.valueOf(
                DriverParameters.unknown(plain, "HikariCP", HikariRules.NAMES).getMessage());
    }

    /** It has one of several, whatever it is told; beside an object or its name in JNDI also no driver to make. */
    private static boolean isIgnored(String name, Optional<String> source) {
        if (SOURCES.contains(name)) {
            return !source.equals(Optional.of(name));
        }
        return name.equals("driverClassName") && isGivenWhole(source);
    }

    private static boolean isGivenWhole(Optional<String> source) {
        return source.filter(name -> name.equals("dataSource") || name.equals("dataSourceJNDI"))
                .isPresent();
    }

    /** All in one. Their values may be secret. */
    private void driverProperties(Object value) {
        if (value instanceof Properties all) {
            all.stringPropertyNames().forEach(name -> ofDriver.put(name, all.getProperty(name)));
        }
        if (value instanceof Map<?, ?> all) {
            all.forEach((name, one) -> {
                if (one != null) {
                    ofDriver.put(String.valueOf(name), String.valueOf(one));
                }
            });
        } else {
            findings.add(nothing(
                    "dataSourceProperties",
                    "not read, as it is a " + value.getClass().getName()
                            + ": set each as dataSource.NAME, or all as a java.util.Map"));
        }
    }

    /** HikariCP has one set of them for either; which it is, is known once all has been read. Values may be secret. */
    private void nameTheDrivers(Optional<String> source) {
        boolean byClassName = source.equals(Optional.of("dataSourceClassName"));
        ofDriver.forEach((name, value) -> {
            if (isGivenWhole(source)) {
                findings.add(nothing(
                        "dataSource." + name, "HikariCP ignores it beside " + source.orElseThrow() + "; so does this"));
                return;
            }
            if (byClassName) {
                builder.dataSourceProperty(name, value);
            } else {
                builder.driverProperty(name, value);
            }
            String option = byClassName ? "dataSourceProperty " : "driverProperty ";
            findings.add(new Finding("dataSource." + name, Outcome.SAME, Optional.of(option + name), ""));
        });
    }

    private void compareDefaults() {
        HikariRules.OTHER_DEFAULTS.forEach((name, finding) -> {
            if (!isSet(name)) {
                findings.add(finding);
            }
        });
    }

    /** What each property became, those that were set first; then those that were not and whose default differs. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** A builder with all that has a counterpart; the same one at each call. */
    public CenoteDataSourceBuilder builder() {
        return builder;
    }

    /** The findings, one in a line. */
    public String report() {
        var lines = new StringBuilder();
        findings.forEach(finding -> lines.append(finding).append(System.lineSeparator()));
        return lines.toString();
    }

    @Override
    public String toString() {
        return "HikariMigration" + findings;
    }
}
