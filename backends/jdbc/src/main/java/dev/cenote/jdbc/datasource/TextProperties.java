package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.DriverParameters;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.pool.OptionsByName;
import dev.cenote.protocols.Durations;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The options of a data source as text, by name. */
final class TextProperties {
    static final String DRIVER_PREFIX = "driver.";
    static final String DATA_SOURCE_PREFIX = "dataSource.";

    private static final Map<String, BiConsumer<CenoteDataSourceBuilder, String>> OWN = new TreeMap<>();

    static {
        OWN.put("url", CenoteDataSourceBuilder::url);
        OWN.put("driverClassName", CenoteDataSourceBuilder::driverClassName);
        OWN.put("dataSourceClassName", CenoteDataSourceBuilder::dataSourceClassName);
        OWN.put("jndiName", CenoteDataSourceBuilder::jndiName);
        OWN.put("user", CenoteDataSourceBuilder::user);
        OWN.put("username", CenoteDataSourceBuilder::user);
        OWN.put("password", CenoteDataSourceBuilder::password);
        OWN.put("connectionInitSql", CenoteDataSourceBuilder::connectionInitSql);
        OWN.put("autoCommit", (builder, value) -> builder.autoCommit(bool("autoCommit", value)));
        OWN.put("readOnly", (builder, value) -> builder.readOnly(bool("readOnly", value)));
        OWN.put("transactionIsolation", CenoteDataSourceBuilder::transactionIsolation);
        OWN.put("catalog", CenoteDataSourceBuilder::catalog);
        OWN.put("schema", CenoteDataSourceBuilder::schema);
        OWN.put(
                "statementTimeout",
                (builder, value) -> builder.statementTimeout(Durations.parse("statementTimeout", value)));
        OWN.put("resetPolicy", (builder, value) -> builder.resetPolicy(resetPolicy(value)));
        OWN.put("pgBouncer", (builder, value) -> builder.pgBouncer(bool("pgBouncer", value)));
        OWN.put("requestBoundaries", (builder, value) -> builder.requestBoundaries(bool("requestBoundaries", value)));
    }

    private TextProperties() {}

    /** The names of all options that can be told as text. */
    static Set<String> names() {
        var names = new TreeSet<>(OptionsByName.names());
        names.addAll(OWN.keySet());
        return names;
    }

    static void set(CenoteDataSourceBuilder builder, String name, String value) {
        BiConsumer<CenoteDataSourceBuilder, String> own = OWN.get(name);
        if (own != null) {
            own.accept(builder, value);
        } else if (OptionsByName.names().contains(name)) {
            OptionsByName.set(builder, name, value);
        } else if (name.startsWith(DRIVER_PREFIX)) {
            builder.driverProperty(name.substring(DRIVER_PREFIX.length()), value);
        } else if (name.startsWith(DATA_SOURCE_PREFIX)) {
            builder.dataSourceProperty(name.substring(DATA_SOURCE_PREFIX.length()), value);
        } else {
            throw unknown(name);
        }
    }

    private static ConfigurationException unknown(String name) {
        Optional<String> counterpart = HikariMigration.counterpartOf(name);
        return counterpart
                .map(own -> new ConfigurationException(
                        "property " + name + " is HikariCP's: see HikariMigration; here it is " + own))
                .orElseGet(() -> DriverParameters.unknown(name, "CenoteDataSource", names()));
    }

    private static boolean bool(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigurationException(name + " must be true or false, was " + value);
        };
    }

    private static ResetPolicy resetPolicy(String value) {
        try {
            return ResetPolicy.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new ConfigurationException(
                    "resetPolicy must be one of " + Arrays.toString(ResetPolicy.values()) + ", was " + value);
        }
    }
}
