package dev.cenote.jdbc.datasource;

import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.protocols.errors.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a builder's words what opens the connections, and finds out of what product they will be, as far as that can be
 * told before the first has been opened.
 *
 * @param source what opens them
 * @param wrapped the data source behind it, if one is
 * @param product of which they seem to be
 * @param named what {@code product} was told by, for an error: nothing secret
 */
record SourceOfBuilder(
        ConnectionSource source, @Nullable DataSource wrapped, Optional<JdbcProduct> product, String named) {
    static SourceOfBuilder of(CenoteDataSourceBuilder builder) {
        requireOne(builder);
        if (builder.url != null) {
            return byUrl(builder, builder.url);
        }
        requireNone("driver properties", "url", builder.driverProperties);
        requireUnset("driver", builder.driver);
        requireUnset("driverClassName", builder.driverClassName);
        DataSource wrapped = dataSource(builder);
        String className = wrapped.getClass().getName();
        return new SourceOfBuilder(
                new ConnectionSource.ByDataSource(wrapped), wrapped, Products.byClass(className), className);
    }

    private static void requireOne(CenoteDataSourceBuilder builder) {
        long given = Stream.of(builder.url, builder.wrapped, builder.dataSourceClassName, builder.jndiName)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new ConfigurationException(
                    "one of url, dataSource, dataSourceClassName and jndiName must be set, were " + given);
        }
        if (builder.dataSourceClassName == null) {
            requireNone("data source properties", "dataSourceClassName", builder.dataSourceProperties);
        }
        if (builder.credentials != null && builder.user != null) {
            throw new ConfigurationException("user must not be set together with credentials, was " + builder.user);
        }
    }

    /** Names only: values may be secret. */
    private static void requireNone(String what, String with, Properties properties) {
        if (!properties.isEmpty()) {
            throw new ConfigurationException(
                    what + " must go with " + with + ", were " + properties.stringPropertyNames());
        }
    }

    private static void requireUnset(String what, @Nullable Object value) {
        if (value != null) {
            throw new ConfigurationException(what + " must go with url, was set without one");
        }
    }

    private static SourceOfBuilder byUrl(CenoteDataSourceBuilder builder, String url) {
        Optional<JdbcProduct> product = Products.byUrl(url);
        String kind = kind(url);
        boolean full = builder.resetPolicy == ResetPolicy.FULL;
        if (full && product.isEmpty()) {
            throw SessionConnector.noFullReset(kind);
        }
        var properties = new Properties();
        properties.putAll(builder.driverProperties);
        if (builder.user == null && builder.password != null) {
            properties.setProperty("password", builder.password);
        }
        return new SourceOfBuilder(
                new ConnectionSource.ByDriver(driver(builder, url), url, properties, full, product),
                null,
                product,
                kind);
    }

    /** What follows may hold a password. */
    private static String kind(String url) {
        return url.split("[/?;@]", 2)[0];
    }

    private static Driver driver(CenoteDataSourceBuilder builder, String url) {
        Driver given = builder.driver;
        if (given == null && builder.driverClassName != null) {
            given = make("driverClassName", builder.driverClassName, Driver.class);
        }
        try {
            if (given == null) {
                return DriverManager.getDriver(url);
            }
            if (given.acceptsURL(url)) {
                return given;
            }
        } catch (SQLException unknown) {
            throw new ConfigurationException("url must be one that a driver on the class path knows, was " + kind(url));
        }
        throw new ConfigurationException(
                "url must be one that " + given.getClass().getName() + " takes, was " + kind(url));
    }

    private static DataSource dataSource(CenoteDataSourceBuilder builder) {
        if (builder.wrapped != null) {
            return builder.wrapped;
        }
        if (builder.jndiName != null) {
            return lookUp(builder.jndiName);
        }
        DataSource made =
                make("dataSourceClassName", Objects.requireNonNull(builder.dataSourceClassName), DataSource.class);
        Properties properties = builder.dataSourceProperties;
        properties.stringPropertyNames().forEach(name -> set(made, name, properties.getProperty(name)));
        return made;
    }

    /** Names of the container's own only: one with another scheme could bring an object from elsewhere. */
    @SuppressWarnings("BanJNDI") // the name is the application's configuration, and stays within the container
    private static DataSource lookUp(String jndiName) {
        if (jndiName.contains(":") && !jndiName.startsWith("java:")) {
            throw new ConfigurationException("jndiName must begin with java: or have no scheme, was " + jndiName);
        }
        try {
            if (new InitialContext().lookup(jndiName) instanceof DataSource found) {
                return found;
            }
        } catch (NamingException failure) {
            throw new ConfigurationException("jndiName must be the name of a data source, was " + jndiName, failure);
        }
        throw new ConfigurationException("jndiName must be the name of a data source, was " + jndiName);
    }

    private static <T> T make(String option, String className, Class<T> type) {
        try {
            return load(className).asSubclass(type).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException failure) {
            throw new ConfigurationException(
                    option + " must be a class with a public constructor without arguments that is a " + type.getName()
                            + ", was " + className,
                    failure);
        }
    }

    private static Class<?> load(String className) throws ClassNotFoundException {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(className, true, ofThread == null ? SourceOfBuilder.class.getClassLoader() : ofThread);
        } catch (ClassNotFoundException elsewhere) {
            return Class.forName(className);
        }
    }

    private static void set(DataSource made, String name, String value) {
        String setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        List<Method> setters = Arrays.stream(made.getClass().getMethods())
                .filter(method -> method.getName().equals(setter) && method.getParameterCount() == 1)
                .toList();
        for (Method method : setters) {
            Optional<Object> converted = convert(method.getParameterTypes()[0], value);
            if (converted.isPresent()) {
                invoke(made, method, name, converted.get());
                return;
            }
        }
        throw new ConfigurationException("data source property " + name + " must be one that "
                + made.getClass().getName() + " can be set to as text, was not");
    }

    private static void invoke(DataSource made, Method setter, String name, Object value) {
        try {
            setter.invoke(made, value);
        } catch (InvocationTargetException | IllegalAccessException refused) {
            Throwable why = refused.getCause() == null ? refused : refused.getCause();
            throw new ConfigurationException(
                    "data source property " + name + " was refused by "
                            + made.getClass().getName(),
                    why);
        }
    }

    private static Optional<Object> convert(Class<?> type, String value) {
        try {
            if (type == String.class) {
                return Optional.of(value);
            } else if (type == int.class || type == Integer.class) {
                return Optional.of(Integer.valueOf(value));
            } else if (type == long.class || type == Long.class) {
                return Optional.of(Long.valueOf(value));
            } else if (type == boolean.class || type == Boolean.class) {
                return Optional.of(Boolean.valueOf(value));
            }
            return Optional.empty();
        } catch (NumberFormatException anotherKind) {
            return Optional.empty();
        }
    }
}
