package dev.cenote.spring.diagnostics;

import dev.cenote.jdbc.datasource.HikariMigration;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.spring.PoolProperties;
import java.beans.Introspector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ClassUtils;

/** The properties under each prefix, by the classes that have them. */
final class PropertyNames {
    /** By name, so that a class whose backend is not there is not loaded. */
    private static final Map<String, String> CLASSES = Map.of(
            "spring.datasource.cenote", "dev.cenote.spring.jdbc.CenoteDataSourceProperties",
            "cenote.mongo", "dev.cenote.spring.mongo.MongoPoolProperties",
            "cenote.redis", "dev.cenote.spring.redis.RedisPoolProperties",
            "cenote.metrics", "dev.cenote.spring.actuate.MetricsProperties",
            "cenote.policies", "dev.cenote.spring.policies.PolicyProperties",
            "cenote.shutdown", "dev.cenote.spring.ShutdownProperties");

    /** Options of the data source that are Boot's properties. */
    private static final Map<String, String> OF_BOOT = Map.of(
            "url", "spring.datasource.url",
            "driverClassName", "spring.datasource.driver-class-name",
            "user", "spring.datasource.username",
            "username", "spring.datasource.username",
            "password", "spring.datasource.password");

    /** What an option is called in words. */
    private static final Map<String, String> OF_WORDS = Map.of(
            "data source propert", "data-source-properties",
            "driver propert", "driver-properties");

    /** Options of policies whose properties have other names. */
    private static final Map<String, String> OF_POLICIES = Map.of(
            "calls", "window-calls",
            "slow", "slow-call",
            "share", "budget-share",
            "maxWaitDuration", "max-wait");

    /** What is wrong with a policy begins with its kind and its name. */
    private static final Pattern OF_POLICY = Pattern.compile("([a-z-]+\\..+?): (\\w+) .*");

    private PropertyNames() {}

    /** The prefix of {@code property}, if it is one of ours. */
    static Optional<String> prefixOf(String property) {
        return CLASSES.keySet().stream()
                .filter(prefix -> property.startsWith(prefix + "."))
                .findFirst();
    }

    /** The names under {@code prefix}, as they are written in a file. */
    static Set<String> under(String prefix) {
        String className = CLASSES.get(prefix);
        if (className == null) {
            return Set.of();
        }
        Class<?> type = ClassUtils.resolveClassName(className, PoolProperties.class.getClassLoader());
        return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                .map(each -> each.getName())
                .filter(name -> !name.equals("class"))
                .map(PropertyNames::dashed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The property that an option of the builder is set by. */
    private static Optional<String> ofOption(String prefix, String option) {
        String dashed = dashed(option);
        if (under(prefix).contains(dashed)) {
            return Optional.of(prefix + "." + dashed);
        }
        return prefix.equals("spring.datasource.cenote") ? Optional.ofNullable(OF_BOOT.get(option)) : Optional.empty();
    }

    /** The property that {@code rule}, the words of an error, is about. */
    static Optional<String> ofRule(String prefix, String rule) {
        if (prefixOf(optionOf(rule)).isPresent()) {
            return Optional.of(optionOf(rule));
        }
        Matcher ofPolicy = OF_POLICY.matcher(rule);
        if (prefix.equals("cenote.policies") && ofPolicy.matches()) {
            String option = ofPolicy.group(2);
            return Optional.of(
                    prefix + "." + ofPolicy.group(1) + "." + OF_POLICIES.getOrDefault(option, dashed(option)));
        }
        Optional<String> inWords = OF_WORDS.entrySet().stream()
                .filter(words -> rule.startsWith(words.getKey()))
                .map(words -> prefix + "." + words.getValue())
                .findFirst();
        return inWords.isPresent() ? inWords : ofOption(prefix, optionOf(rule));
    }

    /** What {@code rule} is about, as the builder calls it. */
    static String optionOf(String rule) {
        return rule.split("[ :]", 2)[0];
    }

    /** What a property of HikariCP's became, in words. */
    static Optional<String> ofHikari(String name) {
        String camel = camel(name);
        return HikariMigration.knownProperties().stream()
                .filter(known -> known.equalsIgnoreCase(camel))
                .findFirst()
                .map(PropertyNames::became);
    }

    private static String became(String known) {
        return Stream.of("1", "true")
                .flatMap(value -> findings(known, value))
                .filter(finding -> finding.property().equals(known))
                .findFirst()
                .map(finding -> finding.became()
                        .map(became -> "here it is " + dashed(became.split("[ =]", 2)[0]))
                        .orElse(finding.explanation()))
                .orElse("it is set by code");
    }

    /** None if the value is not of the property's kind. */
    private static Stream<HikariMigration.Finding> findings(String known, String value) {
        try {
            return HikariMigration.read(Map.of(known, value)).findings().stream();
        } catch (ConfigurationException ofAnotherKind) {
            return Stream.empty();
        }
    }

    /** The names that are nearest, the best first. */
    static List<String> nearest(String name, Set<String> known) {
        return known.stream()
                .filter(each -> distance(name, each) <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparingInt(each -> distance(name, each)))
                .limit(3)
                .toList();
    }

    static String dashed(String camel) {
        String start = Introspector.decapitalize(camel);
        return start.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String camel(String dashed) {
        return Objects.requireNonNull(Stream.of(dashed.split("-"))
                .reduce("", (start, word) -> start.isEmpty() ? word : start + capital(word)));
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Levenshtein's. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
