package dev.cenote.redis;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds a {@link RedisPool}. Not thread-safe. */
public final class RedisPoolBuilder extends LettucePoolBuilder<RedisPoolBuilder, RedisPool> {
    /** How the server's certificate is checked. */
    public enum VerifyPeer {
        /** It must be signed by a trusted authority and name the host. */
        FULL,
        /** It must be signed by a trusted authority. */
        CA,
        /** It is not checked: no defence against whoever sits in between. */
        NONE
    }

    private Optional<String> host = Optional.empty();
    private OptionalInt port = OptionalInt.empty();
    private List<HostAndPort> sentinels = List.of();
    private Optional<String> master = Optional.empty();
    private Optional<String> sentinelPassword = Optional.empty();
    private int database;

    RedisPoolBuilder() {}

    @Override
    protected RedisPoolBuilder self() {
        return this;
    }

    /**
     * Takes all that {@code uri} says: {@code redis://user:password@host:port/database?parameter=value}, or {@code
     * rediss://} for TLS; {@code redis-sentinel://host:port,host:port/database?master=name} and {@code
     * rediss-sentinel://} for sentinels, whose own password is the parameter {@code sentinelPassword}. Parameters are {@code clientName}, {@code protocol} (2 or 3), {@code verifyPeer} (full, ca or
     * none) and {@code caFile}, and the pool's with the prefix {@code pool.}.
     *
     * @throws ConfigurationException if part of it is malformed or unknown, by its name; without the password
     */
    public RedisPoolBuilder uri(String uri) {
        return uri(PoolUri.parse(uri));
    }

    @Override
    public RedisPoolBuilder uri(PoolUri uri) {
        RedisParameters.apply(uri, this);
        return poolParameters(uri);
    }

    /** The server's name or address. Default {@code localhost}. */
    public RedisPoolBuilder host(String host) {
        this.host = Optional.of(Check.notBlank("host", host));
        return this;
    }

    /** The server's port. Default 6379. */
    public RedisPoolBuilder port(int port) {
        if (port < 1 || port > 65535) {
            throw new ConfigurationException("port must be between 1 and 65535, was " + port);
        }
        this.port = OptionalInt.of(port);
        return this;
    }

    /**
     * Has sentinels say which server is the master, each time that a connection is opened. When they announce another,
     * connections to the old one are closed, those in use when they are returned. Instead of {@link #host} and {@link
     * #port}.
     *
     * @param master what the sentinels call it
     * @param addresses each as {@code host} or {@code host:port}; the port is 26379 by default
     */
    public RedisPoolBuilder sentinels(String master, String... addresses) {
        Check.atLeast("addresses.size", 1, addresses.length);
        this.master = Optional.of(Check.notBlank("master", master));
        this.sentinels = Arrays.stream(addresses).map(HostAndPort::parse).toList();
        return this;
    }

    boolean hasSentinels() {
        return master.isPresent();
    }

    /** The password that the sentinels ask for. Default: none. */
    public RedisPoolBuilder sentinelPassword(String password) {
        this.sentinelPassword = Optional.of(password);
        return this;
    }

    /** Number of the database, from 0. Default 0. */
    public RedisPoolBuilder database(int database) {
        this.database = Check.atLeast("database", 0, database);
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConfigurationException if an option breaks its rule
     */
    @Override
    public RedisPool build() {
        RedisConnector connector = connector();
        return published(
                new RedisPool(parts(RedisBackend.NAME, connector, chosenClassifier()), connector, lane(), heartbeat()));
    }

    /** Opens connections by the options as they stand, validated. */
    RedisConnector connector() {
        RedisTarget target = target(servers(), database).withSentinels(master, sentinelPassword);
        return RedisConnector.alone(target, options(RedisBackend.NAME));
    }

    private List<HostAndPort> servers() {
        if (master.isPresent()) {
            if (host.isPresent() || port.isPresent()) {
                throw new ConfigurationException("host and port must not be given with sentinels, were "
                        + host.orElse("")
                        + port.stream().mapToObj(given -> ":" + given).findAny().orElse(""));
            }
            return sentinels;
        }
        if (sentinelPassword.isPresent()) {
            throw new ConfigurationException("sentinelPassword must be given with sentinels, was without");
        }
        return List.of(new HostAndPort(host.orElse("localhost"), port));
    }
}
