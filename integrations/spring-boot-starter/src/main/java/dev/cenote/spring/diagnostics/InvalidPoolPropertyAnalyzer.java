package dev.cenote.spring.diagnostics;

import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.spring.InvalidPoolPropertyException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A pool that could not be made of its properties: names the property to change. */
final class InvalidPoolPropertyAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
        String what = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        if (!(cause instanceof InvalidPoolPropertyException invalid)) {
            return new FailureAnalysis(
                    "A pool or policy is set wrongly: " + what + ".", "Correct what the description names.", cause);
        }
        String rule = Objects.requireNonNullElse(
                Objects.requireNonNull(invalid.getCause()).getMessage(), what);
        return new FailureAnalysis(
                "The properties " + invalid.prefix() + ".* make no pool: " + rule + ".",
                action(invalid.prefix(), rule),
                cause);
    }

    private static String action(String prefix, String rule) {
        String option = rule.split("[ .:]", 2)[0];
        Optional<String> property = PropertyNames.ofOption(prefix, option);
        String action = property.map(name -> "Change " + name + ".").orElse("Correct what the description names.");
        return switch (option) {
            case "url" ->
                action + " If it is right, put the driver of that database on the class path, such as"
                        + " org.postgresql:postgresql.";
            case "driverClassName" ->
                action + " Without it the driver is found by the URL; it must be on the class path either way.";
            default -> action;
        };
    }
}
