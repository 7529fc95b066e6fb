package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.pool.AcquireSites;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import org.jspecify.annotations.Nullable;

/** Writes a builder's words into a JNDI reference, from which {@link CenoteDataSourceFactory} reads them. */
final class References {
    private References() {}

    static Reference of(CenoteDataSourceBuilder builder) throws NamingException {
        PoolOptions options = options(builder);
        List<String> wordless = wordless(builder, options);
        if (!wordless.isEmpty()) {
            throw new NamingException("a reference holds text, which these have not: " + wordless);
        }
        var reference = new Reference(CenoteDataSource.class.getName(), CenoteDataSourceFactory.class.getName(), null);
        words(builder, options).forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        return reference;
    }

    private static PoolOptions options(CenoteDataSourceBuilder builder) throws NamingException {
        try {
            return builder.poolOptions();
        } catch (ConfigurationException wrong) {
            throw inWordsOfJndi(wrong);
        }
    }

    static NamingException inWordsOfJndi(ConfigurationException wrong) {
        var failure = new NamingException(wrong.getMessage());
        failure.initCause(wrong);
        return failure;
    }

    private static List<String> wordless(CenoteDataSourceBuilder builder, PoolOptions options) {
        var found = new ArrayList<String>();
        addIf(builder.wrapped != null, "dataSource", found);
        addIf(builder.driver != null, "driver", found);
        addIf(builder.credentials != null, "credentials", found);
        addIf(builder.classifier != null, "classifier", found);
        addIf(!builder.overrides.isEmpty(), "verdict", found);
        addIf(!builder.listeners.isEmpty(), "listener", found);
        addIf(options.hooks().isPresent(), "hooks", found);
        addIf(builder.hasOwnRuntime(), "runtime", found);
        return found;
    }

    private static void addIf(boolean present, String name, List<String> found) {
        if (present) {
            found.add(name);
        }
    }

    private static Map<String, String> words(CenoteDataSourceBuilder builder, PoolOptions options) {
        Map<String, String> words = optionsOfPool(options);
        put(words, "url", builder.url);
        put(words, "driverClassName", builder.driverClassName);
        put(words, "dataSourceClassName", builder.dataSourceClassName);
        put(words, "jndiName", builder.jndiName);
        put(words, "user", builder.user);
        put(words, "password", builder.password);
        put(words, "connectionInitSql", builder.initSql);
        put(words, "statementTimeout", builder.statementTimeout);
        put(words, "autoCommit", builder.settings.get(Setting.AUTO_COMMIT));
        put(words, "readOnly", builder.settings.get(Setting.READ_ONLY));
        put(words, "transactionIsolation", builder.settings.get(Setting.ISOLATION));
        put(words, "catalog", builder.settings.get(Setting.CATALOG));
        put(words, "schema", builder.settings.get(Setting.SCHEMA));
        put(words, "resetPolicy", builder.resetPolicy == ResetPolicy.DIRTY ? null : builder.resetPolicy);
        put(words, "pgBouncer", builder.pgBouncer ? true : null);
        put(words, "requestBoundaries", builder.requestBoundaries ? true : null);
        for (String name : builder.driverProperties.stringPropertyNames()) {
            put(words, TextProperties.DRIVER_PREFIX + name, builder.driverProperties.getProperty(name));
        }
        for (String name : builder.dataSourceProperties.stringPropertyNames()) {
            put(words, TextProperties.DATA_SOURCE_PREFIX + name, builder.dataSourceProperties.getProperty(name));
        }
        return words;
    }

    /** Those that are not the default. */
    private static Map<String, String> optionsOfPool(PoolOptions options) {
        PoolOptions defaults = PoolOptions.builder().build();
        var words = new TreeMap<String, String>();
        for (RecordComponent option : PoolOptions.class.getRecordComponents()) {
            Object value = value(option, options);
            if (!value.equals(value(option, defaults))) {
                words.put(option.getName(), text(value));
            }
        }
        return words;
    }

    private static Object value(RecordComponent option, PoolOptions options) {
        try {
            return option.getAccessor().invoke(options);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Object::toString).orElse("off");
        }
        return value instanceof AcquireSites sites ? sites.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private static void put(Map<String, String> words, String name, @Nullable Object value) {
        if (value != null) {
            words.put(name, value.toString());
        }
    }
}
