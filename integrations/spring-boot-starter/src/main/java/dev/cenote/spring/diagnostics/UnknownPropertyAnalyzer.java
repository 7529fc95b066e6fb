package dev.cenote.spring.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A property under one of Cenote's prefixes that there is not: names the nearest, or what HikariCP's became. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        List<ConfigurationProperty> ours = cause.getUnboundProperties().stream()
                .filter(each ->
                        PropertyNames.prefixOf(each.getName().toString()).isPresent())
                .toList();
        if (ours.isEmpty()) {
            return null;
        }
        var description = new StringBuilder();
        var action = new StringBuilder();
        ours.forEach(each -> {
            String name = each.getName().toString();
            description.append("There is no property ").append(name).append('.');
            if (each.getOrigin() != null) {
                description.append(" It is set in ").append(each.getOrigin()).append('.');
            }
            description.append('\n');
            action.append(advice(name)).append('\n');
        });
        return new FailureAnalysis(
                description.toString().strip(), action.toString().strip(), cause);
    }

    private static String advice(String property) {
        String prefix = PropertyNames.prefixOf(property).orElseThrow();
        String name = property.substring(prefix.length() + 1);
        Set<String> known = PropertyNames.under(prefix);
        Optional<String> hikari = PropertyNames.ofHikari(name);
        if (hikari.isPresent()) {
            return name + " is HikariCP's: " + hikari.get() + ".";
        }
        List<String> nearest = PropertyNames.nearest(name, known);
        return nearest.isEmpty()
                ? "Remove " + name + "; known under " + prefix + " are " + known + "."
                : "Did you mean " + prefix + "." + String.join(" or ", nearest) + "?";
    }
}
