package dev.cenote.spring.jdbc;

import java.util.Map;
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
     * resolves is left as it is in all of them: whose property it is may complain.
     */
    static Map<String, String> under(String prefix, Environment environment) {
        Bindable<Map<String, String>> all = Bindable.mapOf(String.class, String.class);
        try {
            return Binder.get(environment).bind(prefix, all).orElseGet(Map::of);
        } catch (BindException unresolved) {
            return new Binder(ConfigurationPropertySources.get(environment))
                    .bind(prefix, all)
                    .orElseGet(Map::of);
        }
    }
}
