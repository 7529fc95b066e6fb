package dev.cenote.spring.jdbc;

import dev.cenote.jdbc.datasource.HikariMigration;
import dev.cenote.jdbc.datasource.HikariMigration.Finding;
import dev.cenote.jdbc.datasource.HikariMigration.Outcome;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.Environment;

/**
 * The properties of HikariCP's that an application has left behind: nobody reads them any more, which would be found out in
 * production only. Says once, as the data source is made, what to write instead of each. There is no option that silences
 * it: the properties are to be removed; where they cannot be, the level of this logger is what to set.
 *
 * <p>No value is told that may be secret, or hold a secret.
 */
final class HikariLeftovers {
    private static final Logger LOG = System.getLogger(HikariLeftovers.class.getName());
    private static final String PREFIX = "spring.datasource.hikari";

    private static final Map<String, String> OF_BOOT = Map.of(
            "url", "spring.datasource.url",
            "user", "spring.datasource.username",
            "password", "spring.datasource.password",
            "driverClassName", "spring.datasource.driver-class-name");

    /** Options whose value is not told. */
    private static final Set<String> UNTOLD = Set.of("url", "password", "connectionInitSql");

    /** Nested ones, which an environment variable writes in one word. */
    private static final Map<String, String> NESTED = Map.of(
            "datasourceproperties", "data-source-properties.",
            "healthcheckproperties", "healthCheckProperties.");

    /** The name of an option within a sentence, and not that of a method or of a class's member. */
    private static final Pattern OPTION = Pattern.compile("(?<![.\\w])[a-z]+(?:[A-Z][a-z]+)+(?![\\w.(])");

    private HikariLeftovers() {}

    /** Logs them, if there are any that no bean reads. */
    static void warn(Environment environment, ListableBeanFactory beans) {
        report(environment).filter(report -> !isRead(beans)).ifPresent(report -> LOG.log(Level.WARNING, report));
    }

    /** A second data source of the application's own may be bound to them. Makes no bean for that, not even a factory's. */
    private static boolean isRead(ListableBeanFactory beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            ConfigurationProperties bound = beans.findAnnotationOnBean(name, ConfigurationProperties.class, false);
            if (bound != null && (bound.prefix().equals(PREFIX) || bound.value().equals(PREFIX))) {
                return true;
            }
        }
        return false;
    }

    /** What is to be said of them, if there are any. */
    static Optional<String> report(Environment environment) {
        Map<String, String> left = properties(environment);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        var lines = new StringBuilder(PREFIX + ".* has no effect, since the data source is Cenote's. Remove these"
                + " properties; those that are still meant, write as follows:");
        var good = new LinkedHashMap<String, String>();
        var wrong = new TreeMap<String, String>();
        left.forEach((name, value) -> sort(name, value, good, wrong));
        HikariMigration.read(good).findings().stream()
                .filter(finding -> !wrong.containsKey(dashed(finding.property())))
                .forEach(finding -> add(lines, line(finding)));
        wrong.forEach((name, why) -> add(lines, name + " -> wrong: " + why));
        return Optional.of(lines.toString());
    }

    private static void add(StringBuilder lines, String line) {
        lines.append(System.lineSeparator()).append("    ").append(line);
    }

    /** As they are written; of one that several sources write in different ways, the one that counts. */
    private static Map<String, String> properties(Environment environment) {
        var found = new LinkedHashMap<String, String>();
        var seen = new TreeMap<String, String>();
        WrittenProperties.under(PREFIX, environment).forEach((name, value) -> {
            String normal = name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
            if (seen.put(normal, value) == null) {
                found.put(unfolded(name), value);
            }
        });
        return found;
    }

    private static String unfolded(String name) {
        int dot = name.indexOf('.');
        String nested = dot < 0
                ? null
                : NESTED.get(name.substring(0, dot).replace("-", "").toLowerCase(Locale.ROOT));
        return nested == null ? name : nested + name.substring(dot + 1);
    }

    /** One by one, so that one that is wrong does not hide the others. */
    private static void sort(String name, String value, Map<String, String> good, Map<String, String> wrong) {
        try {
            HikariMigration.read(Map.of(name, value));
            good.put(name, value);
        } catch (ConfigurationException notOfItsKind) {
            wrong.put(dashed(name), String.valueOf(notOfItsKind.getMessage()));
        }
    }

    private static String line(Finding finding) {
        String name = finding.property().startsWith("dataSource.")
                ? "data-source-properties" + finding.property().substring("dataSource".length())
                : dashed(finding.property());
        String head = finding.outcome() == Outcome.OTHER_DEFAULT ? name + ", not set" : name;
        String became = finding.became().map(HikariLeftovers::property).orElse(nothing(finding.outcome()));
        String explanation = finding.explanation();
        return head + " -> " + became + (explanation.isEmpty() ? "" : ": " + inProperties(explanation));
    }

    private static String nothing(Outcome outcome) {
        return outcome == Outcome.UNKNOWN ? "unknown" : "nothing";
    }

    /** The property that sets an option: {@code maxSize=3} or {@code driverProperty NAME}. */
    private static String property(String became) {
        String[] nested = became.split(" ", 2);
        if (nested[0].endsWith("Property")) {
            String kind = nested[0].equals("driverProperty") ? ".driver-properties." : ".data-source-properties.";
            return CenoteDataSourceProperties.PREFIX + kind + nested[1] + ", with the same value";
        }
        String[] option = became.split("=", 2);
        String property = OF_BOOT.getOrDefault(option[0], CenoteDataSourceProperties.PREFIX + "." + dashed(option[0]));
        return UNTOLD.contains(option[0]) ? property + ", with the same value" : property + "=" + option[1];
    }

    private static String inProperties(String explanation) {
        return OPTION.matcher(explanation).replaceAll(option -> dashed(option.group()));
    }

    private static String dashed(String name) {
        return DataObjectPropertyName.toDashedForm(name);
    }
}
