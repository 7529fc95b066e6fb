package dev.cenote.redis;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds a {@link RedisPool}. Not thread-safe. */
public final class RedisPoolBuilder extends PoolBuilder<RedisPoolBuilder, RedisPool> {
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
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Optional<String> clientName = Optional.empty();
    private int protocol = 3;
    private boolean tls;
    private VerifyPeer verifyPeer = VerifyPeer.FULL;
    private Optional<Path> caFile = Optional.empty();
    private int sharedConnections = 1;
    private int maxInFlight = 4096;
    private Duration pubSubHeartbeat = Duration.ofMillis(500);
    private Classifier classifier = new RedisClassifier();

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

    /** As {@link #uri(String)}. */
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

    /** The user of the server's access control list. Default: the server's default user. */
    public RedisPoolBuilder user(String user) {
        this.user = Optional.of(Check.notBlank("user", user));
        return this;
    }

    /** The password. Default: none. */
    public RedisPoolBuilder password(String password) {
        this.password = Optional.of(password);
        return this;
    }

    /** What the connections are called in the server's client list; no spaces. Default: nothing. */
    public RedisPoolBuilder clientName(String clientName) {
        Check.notBlank("clientName", clientName);
        if (!clientName.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new ConfigurationException("clientName must be visible ASCII without spaces, was " + clientName);
        }
        this.clientName = Optional.of(clientName);
        return this;
    }

    /** Version of the protocol, 2 or 3. Default 3. */
    public RedisPoolBuilder protocol(int version) {
        if (version != 2 && version != 3) {
            throw new ConfigurationException("protocol must be 2 or 3, was " + version);
        }
        this.protocol = version;
        return this;
    }

    /** Whether to speak TLS. Default: as the URI's scheme says, else false. */
    public RedisPoolBuilder tls(boolean tls) {
        this.tls = tls;
        return this;
    }

    /** How the server's certificate is checked under TLS. Default {@link VerifyPeer#FULL}. */
    public RedisPoolBuilder verifyPeer(VerifyPeer how) {
        this.verifyPeer = how;
        return this;
    }

    /** Certificates, in PEM, that are trusted instead of the JVM's. Default: the JVM's. */
    public RedisPoolBuilder caFile(Path pem) {
        if (!Files.isReadable(pem)) {
            throw new ConfigurationException("caFile must be a readable file, was " + pem);
        }
        this.caFile = Optional.of(pem);
        return this;
    }

    /**
     * How many connections {@code execute} shares among its callers, besides the {@code maxSize} of the leases; 0 to have
     * each operation take a lease. Default 1, which served best at every number of callers that was measured.
     */
    public RedisPoolBuilder sharedConnections(int connections) {
        this.sharedConnections = Check.atLeast("sharedConnections", 0, connections);
        return this;
    }

    /** How many operations may be under way on each shared connection; one more takes a lease. Default 4096. */
    public RedisPoolBuilder maxInFlight(int operations) {
        this.maxInFlight = Check.atLeast("maxInFlight", 1, operations);
        return this;
    }

    /**
     * How often the connection for publish and subscribe must answer a PING, within the pool's time-out to validate. A
     * gap that subscribers are told of begins up to this much before the loss. Default 500 ms.
     */
    public RedisPoolBuilder pubSubHeartbeat(Duration interval) {
        this.pubSubHeartbeat = Check.positive("pubSubHeartbeat", interval);
        return this;
    }

    /** Reads errors in place of {@link RedisClassifier}. */
    public RedisPoolBuilder classifier(Classifier classifier) {
        this.classifier = classifier;
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
        return new RedisPool(
                parts(RedisBackend.NAME, connector, classifier),
                connector,
                new LaneOptions(sharedConnections, maxInFlight),
                pubSubHeartbeat);
    }

    /** Opens connections by the options as they stand, validated. */
    RedisConnector connector() {
        return new RedisConnector(target(), options(RedisBackend.NAME));
    }

    private RedisTarget target() {
        if (user.isPresent() && password.isEmpty()) {
            throw new ConfigurationException("password must be given with user " + user.get() + ", was not");
        }
        if (!tls && (caFile.isPresent() || verifyPeer != VerifyPeer.FULL)) {
            throw new ConfigurationException("verifyPeer and caFile must be given with TLS (rediss://), were without");
        }
        return new RedisTarget(
                servers(),
                master,
                sentinelPassword,
                database,
                user,
                password,
                clientName,
                protocol,
                tls,
                verifyPeer,
                caFile);
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
