package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Collections;
import java.util.Hashtable;
import java.util.Properties;
import java.util.Set;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link CenoteDataSource} of a JNDI reference: one that {@link CenoteDataSource#getReference} made, or a
 * container's resource whose attributes have the names of {@link CenoteDataSource#of}. Thread-safe.
 */
public final class CenoteDataSourceFactory implements ObjectFactory {
    /** What containers write into a reference for themselves. */
    private static final Set<String> OF_CONTAINERS =
            Set.of("scope", "auth", "singleton", "factory", "closeMethod", "description", "type");

    private static final Set<String> MADE = Set.of(
            CenoteDataSource.class.getName(),
            javax.sql.DataSource.class.getName(),
            "javax.sql.CommonDataSource",
            CenoteDataSourceFactory.class.getName());

    /** For JNDI. */
    public CenoteDataSourceFactory() {}

    /**
     * The data source, not started yet; null if {@code reference} is none of one.
     *
     * @throws NamingException if an attribute is unknown or wrong; the message names it
     */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object reference,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        if (!(reference instanceof Reference own) || !MADE.contains(own.getClassName())) {
            return null;
        }
        var properties = new Properties();
        for (RefAddr each : Collections.list(own.getAll())) {
            if (each instanceof StringRefAddr text && !OF_CONTAINERS.contains(text.getType())) {
                properties.setProperty(text.getType(), String.valueOf(text.getContent()));
            }
        }
        try {
            return CenoteDataSource.of(properties);
        } catch (ConfigurationException wrong) {
            throw References.inWordsOfJndi(wrong);
        }
    }
}
