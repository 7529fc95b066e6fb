package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.DriverParameters;
import dev.cenote.jdbc.datasource.HikariRules.Rule;
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

    private static final List<String> NESTED =
            List.of("dataSource.", "dataSourceProperties.", "data-source-properties.", "healthCheckProperties.");

    private final CenoteDataSourceBuilder builder = new CenoteDataSourceBuilder();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> ofDriver = new LinkedHashMap<>();
    private boolean byClassName;

    /** What a property became. */
    public enum Outcome {
        /** The option that {@link Finding#became} names, with the same meaning. */
        SAME,
        /** The option that {@link Finding#became} names, whose meaning differs as the explanation says. */
        SIMILAR,
        /** Nothing: the explanation says why, and what there is instead. */
        NO_COUNTERPART,
        /** Not set, and Cenote's default differs from HikariCP's: the option that {@link Finding#became} names has it. */
        OTHER_DEFAULT,
        /** HikariCP has no such property; the explanation names what is near. */
        UNKNOWN
    }

    /**
     * What was found of one property.
     *
     * @param property its name in HikariCP
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
     * Reads properties whose values may be text, numbers, truth values, and a {@link DataSource} for {@code dataSource}.
     *
     * @throws ConfigurationException if a value is not of its kind; the message names the property
     */
    public static HikariMigration read(Map<String, ?> properties) {
        var migration = new HikariMigration();
        boolean prefixed = properties.keySet().stream().anyMatch(name -> prefixOf(name) != null);
        var seen = new TreeMap<String, String>();
        properties.forEach((name, value) -> migration.readOne(name, value, prefixed, seen));
        migration.nameTheDrivers();
        migration.compareDefaults(seen.keySet());
        return migration;
    }

    /** The name of the option that HikariCP's property of that name becomes, if it is one and becomes one. */
    static Optional<String> counterpartOf(String name) {
        return Optional.ofNullable(HikariRules.ALL.get(normal(name))).flatMap(Rule::option);
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

    private void readOne(String name, Object value, boolean prefixed, Map<String, String> seen) {
        String prefix = prefixOf(name);
        if (prefix != null) {
            property(name.substring(prefix.length()), value, seen);
        } else if (name.startsWith(SPRING)) {
            String own = OF_SPRING.get(normal(name.substring(SPRING.length())));
            if (own != null) {
                property(own, value, seen);
            }
        } else if (!prefixed) {
            property(name, value, seen);
        }
    }

    private void property(String name, Object value, Map<String, String> seen) {
        for (String nested : NESTED) {
            if (name.startsWith(nested)) {
                nested(nested, name.substring(nested.length()), String.valueOf(value));
                return;
            }
        }
        Rule rule = HikariRules.ALL.get(normal(name));
        if (rule == null) {
            String message = DriverParameters.unknown(
                            name.replace("-", "").replace("_", ""), "HikariCP", HikariRules.NAMES)
                    .getMessage();
            findings.add(new Finding(name, Outcome.UNKNOWN, Optional.empty(), String.valueOf(message)));
            return;
        }
        seen.put(rule.name(), name);
        byClassName |= rule.name().equals("dataSourceClassName");
        if (rule.name().equals("dataSourceProperties") && value instanceof Properties all) {
            all.stringPropertyNames().forEach(each -> ofDriver.put(each, all.getProperty(each)));
            return;
        }
        findings.add(rule.apply(builder, value));
    }

    private void nested(String kind, String name, String value) {
        Rule rule = kind.startsWith("health") ? HikariRules.ALL.get("healthcheckproperties") : null;
        if (rule != null) {
            findings.add(rule.apply(builder, value));
        } else {
            ofDriver.put(name, value);
        }
    }

    /** HikariCP has one set of them for either; which it is, is known once all has been read. Values may be secret. */
    private void nameTheDrivers() {
        ofDriver.forEach((name, value) -> {
            if (byClassName) {
                builder.dataSourceProperty(name, value);
            } else {
                builder.driverProperty(name, value);
            }
            String option = byClassName ? "dataSourceProperty " : "driverProperty ";
            findings.add(new Finding("dataSource." + name, Outcome.SAME, Optional.of(option + name), ""));
        });
    }

    private void compareDefaults(Set<String> seen) {
        HikariRules.OTHER_DEFAULTS.forEach((name, finding) -> {
            if (!seen.contains(name)) {
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
