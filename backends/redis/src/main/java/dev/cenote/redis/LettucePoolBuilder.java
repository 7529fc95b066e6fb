package dev.cenote.redis;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.RedisPoolBuilder.VerifyPeer;
import io.lettuce.core.SslOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the builders of {@link RedisPool} and {@link RedisClusterPool} have in common. Not thread-safe.
 *
 * @param <B> the builder itself
 * @param <P> the pool it builds
 */
public abstract class LettucePoolBuilder<B extends LettucePoolBuilder<B, P>, P extends Pool<?>>
        extends PoolBuilder<B, P> {
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Optional<String> clientName = Optional.empty();
    private int protocol = 3;
    private boolean tls;
    private VerifyPeer verifyPeer = VerifyPeer.FULL;
    private Optional<Path> caFile = Optional.empty();
    private Optional<Consumer<SslOptions.Builder>> sslOptions = Optional.empty();
    private int sharedConnections = 1;
    private int maxInFlight = 4096;
    private Duration pubSubHeartbeat = Duration.ofMillis(500);
    private Classifier classifier = new RedisClassifier();

    LettucePoolBuilder() {}

    /** As {@code uri(String)}. */
    public abstract B uri(PoolUri uri);

    /** The user of the server's access control list. Default: the server's default user. */
    public B user(String user) {
        this.user = Optional.of(Check.notBlank("user", user));
        return self();
    }

    /** The password. Default: none. */
    public B password(String password) {
        this.password = Optional.of(password);
        return self();
    }

    /** What the connections are called in the server's client list; no spaces. Default: nothing. */
    public B clientName(String clientName) {
        Check.notBlank("clientName", clientName);
        if (!clientName.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new ConfigurationException("clientName must be visible ASCII without spaces, was " + clientName);
        }
        this.clientName = Optional.of(clientName);
        return self();
    }

    /** Version of the protocol, 2 or 3. Default 3. */
    public B protocol(int version) {
        if (version != 2 && version != 3) {
            throw new ConfigurationException("protocol must be 2 or 3, was " + version);
        }
        this.protocol = version;
        return self();
    }

    /** Whether to speak TLS. Default: as the URI's scheme says, else false. */
    public B tls(boolean tls) {
        this.tls = tls;
        return self();
    }

    /** How the server's certificate is checked under TLS. Default {@link VerifyPeer#FULL}. */
    public B verifyPeer(VerifyPeer how) {
        this.verifyPeer = how;
        return self();
    }

    /** Certificates, in PEM, that are trusted instead of the JVM's. Default: the JVM's. */
    public B caFile(Path pem) {
        if (!Files.isReadable(pem)) {
            throw new ConfigurationException("caFile must be a readable file, was " + pem);
        }
        this.caFile = Optional.of(pem);
        return self();
    }

    /**
     * Changes the driver's options of TLS in ways this builder does not name: managers of keys and of trust, protocols, cipher
     * suites. Runs each time a client is made, on a thread of the pool, after {@link #caFile}. Only with {@link #tls}.
     * Default: nothing is changed.
     */
    public B sslOptions(Consumer<SslOptions.Builder> options) {
        this.sslOptions = Optional.of(options);
        return self();
    }

    /**
     * How many connections {@code execute} shares among its callers, besides the {@code maxSize} of the leases; 0 to have
     * each operation take a lease. Default 1, which served best at every number of callers that was measured.
     */
    public B sharedConnections(int connections) {
        this.sharedConnections = Check.atLeast("sharedConnections", 0, connections);
        return self();
    }

    /** How many operations may be under way on each shared connection; one more takes a lease. Default 4096. */
    public B maxInFlight(int operations) {
        this.maxInFlight = Check.atLeast("maxInFlight", 1, operations);
        return self();
    }

    /**
     * How often the connection for publish and subscribe must answer a PING, within the pool's time-out to validate. A
     * gap that subscribers are told of begins up to this much before the loss. Default 500 ms.
     */
    public B pubSubHeartbeat(Duration interval) {
        this.pubSubHeartbeat = Check.positive("pubSubHeartbeat", interval);
        return self();
    }

    /** Reads errors in place of {@link RedisClassifier}. */
    public B classifier(Classifier classifier) {
        this.classifier = classifier;
        return self();
    }

    LaneOptions lane() {
        return new LaneOptions(sharedConnections, maxInFlight);
    }

    Duration heartbeat() {
        return pubSubHeartbeat;
    }

    Classifier chosenClassifier() {
        return classifier;
    }

    /** The servers as whom to greet them; checks what must go together. */
    RedisTarget target(List<HostAndPort> servers, int database) {
        if (user.isPresent() && password.isEmpty()) {
            throw new ConfigurationException("password must be given with user " + user.get() + ", was not");
        }
        if (!tls && (caFile.isPresent() || sslOptions.isPresent() || verifyPeer != VerifyPeer.FULL)) {
            throw new ConfigurationException(
                    "verifyPeer, caFile and sslOptions must be given with TLS (rediss://), were without");
        }
        return new RedisTarget(
                servers,
                Optional.empty(),
                Optional.empty(),
                database,
                user,
                password,
                clientName,
                protocol,
                tls,
                verifyPeer,
                sslOptions());
    }

    private Optional<Consumer<SslOptions.Builder>> sslOptions() {
        Optional<Consumer<SslOptions.Builder>> trust = caFile.map(pem -> options -> options.trustManager(pem.toFile()));
        return trust.isPresent() && sslOptions.isPresent()
                ? Optional.of(trust.get().andThen(sslOptions.get()))
                : trust.or(() -> sslOptions);
    }
}
