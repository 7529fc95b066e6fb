package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.metrics.PoolBeans;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a pool that runs of a builder's words. */
final class Startup {
    private Startup() {}

    static PoolEngine<JdbcSession> engine(CenoteDataSourceBuilder config, SourceOfBuilder source) {
        checkPooler(config, source);
        var own = new ProductClassifier(ProductClassifier.of(source.product()));
        Classifier reader = config.classifier == null ? own : config.classifier;
        for (UnaryOperator<Classifier> override : config.overrides) {
            reader = override.apply(reader);
        }
        var connector = new SessionConnector(setup(config, source), own, reader);
        var engine = new PoolEngine<>(config.poolOptions(), connector, reader, config.runtime, config.listeners);
        connector.tell(engine);
        publish(engine);
        return engine;
    }

    /** Shows it to JMX where that is asked for. */
    private static void publish(PoolEngine<JdbcSession> engine) {
        if (!engine.options().jmx()) {
            return;
        }
        try {
            PoolBeans.register(engine);
        } catch (RuntimeException refused) {
            engine.close();
            throw refused;
        }
    }

    private static SessionConnector.Setup setup(CenoteDataSourceBuilder config, SourceOfBuilder source) {
        return new SessionConnector.Setup(
                source.source(),
                credentials(config),
                new SessionDefaults(config.settings, Optional.ofNullable(config.initSql)),
                config.resetPolicy,
                config.pgBouncer,
                seconds(config),
                DatabaseOfUrl.of(config.url, source.product()));
    }

    private static SessionConnector.Asked credentials(CenoteDataSourceBuilder config) {
        CredentialsProvider provider = config.credentials;
        if (provider != null) {
            return provider::get;
        }
        Credentials own = config.ownCredentials().orElse(null);
        return () -> own;
    }

    private static int seconds(CenoteDataSourceBuilder config) {
        return config.statementTimeout == null
                ? 0
                : (int) Math.min(config.statementTimeout.plusNanos(999_999_999).toSeconds(), Integer.MAX_VALUE);
    }

    /** What would change a server session that others get. */
    private static void checkPooler(CenoteDataSourceBuilder config, SourceOfBuilder source) {
        if (!config.pgBouncer) {
            return;
        }
        if (source.product().filter(JdbcProduct::hasTransactionPoolers).isEmpty() && config.url != null) {
            throw new ConfigurationException(
                    "pgBouncer must go with PostgreSQL and the module cenote-postgres, was true with "
                            + source.named());
        }
        if (config.resetPolicy == ResetPolicy.FULL) {
            throw new ConfigurationException(
                    "resetPolicy must be DIRTY with pgBouncer, was FULL: it would reset whichever server session it gets");
        }
        refuse("connectionInitSql", config.initSql != null);
        refuse("schema", config.settings.containsKey(Setting.SCHEMA));
        refuse("transactionIsolation", config.settings.containsKey(Setting.ISOLATION));
    }

    private static void refuse(String option, boolean isSet) {
        if (isSet) {
            throw new ConfigurationException(
                    option
                            + " must not be set with pgBouncer: it would change a server session that PgBouncer gives to others");
        }
    }

    /** Whether these are the credentials that the pool connects with. */
    static boolean isOwn(CenoteDataSourceBuilder config, @Nullable String user, @Nullable String password) {
        try {
            Credentials own = credentials(config).get();
            boolean isUser = own == null ? user == null : own.user().equals(user);
            String expected = own == null ? config.password : own.password();
            return isUser && (expected == null ? "" : expected).equals(password == null ? "" : password);
        } catch (Exception unknown) {
            return false;
        }
    }
}
