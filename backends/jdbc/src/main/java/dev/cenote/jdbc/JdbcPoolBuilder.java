package dev.cenote.jdbc;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the builders of the relational pools have in common: where to connect, and how a session is kept clean. Not
 * thread-safe.
 *
 * @param <B> the builder itself
 * @param <P> the pool it builds
 */
public abstract class JdbcPoolBuilder<B extends JdbcPoolBuilder<B, P>, P extends Pool<?>> extends PoolBuilder<B, P> {
    private final Set<String> schemes;

    private List<HostAndPort> hosts = List.of(new HostAndPort("localhost", OptionalInt.empty()));
    private Optional<String> database = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private ResetPolicy resetPolicy = ResetPolicy.DIRTY;
    private Optional<Classifier> classifier = Optional.empty();

    /** For a pool whose URIs have one of these schemes. */
    protected JdbcPoolBuilder(Set<String> schemes) {
        this.schemes = schemes;
    }

    /**
     * Takes all that {@code uri} says: {@code scheme://user:password@host:port,host:port/database?parameter=value}, with
     * the pool's parameters and the driver's.
     *
     * @throws ConfigurationException if it is malformed or its scheme is another backend's
     */
    public B uri(String uri) {
        return uri(PoolUri.parse(uri));
    }

    /** As {@link #uri(String)}. */
    public B uri(PoolUri uri) {
        if (!schemes.contains(uri.scheme())) {
            throw new ConfigurationException("scheme must be one of " + schemes + ", was " + uri.scheme());
        }
        hosts = uri.hosts();
        uri.user().ifPresent(this::user);
        uri.password().ifPresent(this::password);
        if (!uri.path().isEmpty()) {
            database(uri.path());
        }
        uri.driverParameters().forEach(this::driverParameter);
        return poolParameters(uri);
    }

    /** The server's name or address, in place of all those given before. Default {@code localhost}. */
    public B host(String host) {
        hosts = List.of(
                new HostAndPort(Check.notBlank("host", host), hosts.get(0).port()));
        return self();
    }

    /** The server's port. Default: the product's own. */
    public B port(int port) {
        if (port < 1 || port > 65535) {
            throw new ConfigurationException("port must be between 1 and 65535, was " + port);
        }
        hosts = List.of(new HostAndPort(hosts.get(0).host(), OptionalInt.of(port)));
        return self();
    }

    /** The database. Default: the product's. */
    public B database(String database) {
        this.database = Optional.of(Check.notBlank("database", database));
        return self();
    }

    /** The user. Default: the driver's. */
    public B user(String user) {
        this.user = Optional.of(Check.notBlank("user", user));
        return self();
    }

    /** The password. Default: none. */
    public B password(String password) {
        this.password = Optional.of(password);
        return self();
    }

    /** A parameter of the driver, by the driver's own name for it; checked when the pool is built. */
    public B driverParameter(String name, String value) {
        if (name.equals("user") || name.equals("password")) {
            throw new ConfigurationException(
                    "parameter " + name + " must stand before the host, as in scheme://user:password@host");
        }
        parameters.put(Check.notBlank("driver parameter", name), value);
        return self();
    }

    /** How much of a session is restored on return. Default {@link ResetPolicy#DIRTY}. */
    public B resetPolicy(ResetPolicy policy) {
        this.resetPolicy = policy;
        return self();
    }

    /** Reads errors in place of the backend's own classifier. */
    public B classifier(Classifier classifier) {
        this.classifier = Optional.of(classifier);
        return self();
    }

    /** Where to connect, as it stands. */
    protected JdbcTarget target() {
        return new JdbcTarget(hosts, database, user, password, parameters);
    }

    /** The reset policy, as it stands. */
    protected ResetPolicy resetPolicy() {
        return resetPolicy;
    }

    /** The user's classifier, or else {@code own}. */
    protected Classifier classifierOr(Classifier own) {
        return classifier.orElse(own);
    }
}
