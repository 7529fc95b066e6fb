package dev.cenote.spring.diagnostics;

import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.spring.InvalidPoolPropertyException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A pool that could not be made of its properties: names the property to change. */
final class InvalidPoolPropertyAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
    private static final String NAMED = "Correct what the description names.";
    private static final String OF_HIBERNATE =
            "spring.jpa.properties.hibernate.connection.provider_disables_autocommit";
    private static final String TOGETHER = "must not be set together with";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        String what = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        if (!(cause instanceof InvalidPoolPropertyException invalid)) {
            return new FailureAnalysis("A pool or policy is set wrongly: " + what + ".", action(what), cause);
        }
        String rule = Objects.requireNonNullElse(
                Objects.requireNonNull(invalid.getCause()).getMessage(), what);
        return new FailureAnalysis(
                "The properties " + invalid.prefix() + ".* make no pool: " + rule + ".",
                action(invalid.prefix(), rule),
                cause);
    }

    /** Of what no prefix is known. */
    private static String action(String what) {
        String first = PropertyNames.optionOf(what);
        if (PropertyNames.prefixOf(first).isPresent()) {
            return "Change " + first + ".";
        }
        if (first.equals("CredentialsProvider")) {
            return "Mark one of these beans as @Primary, or leave out the others.";
        }
        return what.startsWith("pool name must be unique")
                ? "Give one of the two pools another name, by spring.datasource.cenote.name, cenote.mongo.name,"
                        + " cenote.redis.name or its builder."
                : NAMED;
    }

    private static String action(String prefix, String rule) {
        Optional<String> property = PropertyNames.ofRule(prefix, rule);
        if (rule.contains(OF_HIBERNATE)) {
            return "Set spring.datasource.cenote.auto-commit=false, or leave out " + OF_HIBERNATE + ". Hibernate takes"
                    + " auto-commit for off and never turns it off: where it is on, each statement commits by itself, and"
                    + " nothing is rolled back.";
        }
        if (rule.contains(TOGETHER)) {
            return property.map(name -> "Leave out " + name + " or the other.").orElse(NAMED);
        }
        String action = property.map(name -> "Change " + name + ".").orElse(NAMED);
        return switch (PropertyNames.optionOf(rule)) {
            case "url" ->
                action + " If it is right, put the driver of that database on the class path, such as"
                        + " org.postgresql:postgresql.";
            case "driverClassName" ->
                action + " Without it the driver is found by the URL; it must be on the class path either way.";
            default -> action;
        };
    }
}
