package dev.cenote.spring.jdbc;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** Properties of others, which are only looked at. */
final class WrittenProperties {
    private WrittenProperties() {}

    /**
     * Those under {@code prefix}, of whatever source, by the rest of their names as it is written. A placeholder that nothing
     * resolves is left as it is in all of them, and where a value stands in place of the properties there are none: whose they
     * are may complain.
     */
    static Map<String, String> under(String prefix, Environment environment) {
        return bound(Binder.get(environment), prefix)
                .or(() -> bound(new Binder(ConfigurationPropertySources.get(environment)), prefix))
                .orElseGet(Map::of);
    }

    private static Optional<Map<String, String>> bound(Binder binder, String prefix) {
        try {
            return Optional.of(binder.bind(prefix, Bindable.mapOf(String.class, String.class))
                    .orElseGet(Map::of));
        } catch (BindException malformed) {
            return Optional.empty();
        }
    }
}
