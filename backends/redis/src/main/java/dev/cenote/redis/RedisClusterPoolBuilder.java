package dev.cenote.redis;

import dev.cenote.circuit.Circuit;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.ResilientPool.Parts;
import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Check;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Builds a {@link RedisClusterPool}. Not thread-safe. */
public final class RedisClusterPoolBuilder extends LettucePoolBuilder<RedisClusterPoolBuilder, RedisClusterPool> {
    private List<HostAndPort> seeds = List.of(HostAndPort.parse("localhost:" + RedisTarget.REDIS_PORT));
    private Duration topologyRefresh = Duration.ofSeconds(30);
    private int maxRedirects = 5;
    private Optional<Function<? super HostAndPort, ? extends Circuit>> hostCircuits = Optional.empty();

    RedisClusterPoolBuilder() {}

    @Override
    protected RedisClusterPoolBuilder self() {
        return this;
    }

    /**
     * Takes all that {@code uri} says: {@code redis-cluster://user:password@host:port,host:port?parameter=value}, or {@code
     * rediss-cluster://} for TLS. Parameters are those of {@link RedisPoolBuilder#uri(String)}, without those of sentinels,
     * and {@code maxRedirects} and {@code topologyRefresh}.
     *
     * @throws ConfigurationException if part of it is malformed or unknown, by its name; without the password
     */
    public RedisClusterPoolBuilder uri(String uri) {
        return uri(PoolUri.parse(uri));
    }

    @Override
    public RedisClusterPoolBuilder uri(PoolUri uri) {
        RedisParameters.apply(uri, this);
        return poolParameters(uri);
    }

    /**
     * Nodes that are asked for the others at first, and when no other answers; any of the cluster's will do. Default {@code
     * localhost}, port 6379.
     *
     * @param addresses each as {@code host} or {@code host:port}; the port is 6379 by default
     */
    public RedisClusterPoolBuilder seeds(String... addresses) {
        Check.atLeast("seeds.size", 1, addresses.length);
        this.seeds = Arrays.stream(addresses)
                .map(HostAndPort::parse)
                .map(ClusterNodes::withPort)
                .toList();
        return this;
    }

    /**
     * How often the topology is read when nothing hints at a change. A redirect, a node that cannot be reached and a lost
     * connection do, and have it read at once. Default 30 s.
     */
    public RedisClusterPoolBuilder topologyRefresh(Duration interval) {
        this.topologyRefresh = Check.positive("topologyRefresh", interval);
        return this;
    }

    /** How many redirects one attempt follows before it fails with the last of them. Default 5. */
    public RedisClusterPoolBuilder maxRedirects(int redirects) {
        this.maxRedirects = Check.atLeast("maxRedirects", 0, redirects);
        return this;
    }

    /**
     * Guards each node by a circuit of its own: for one that is down, callers fail at once, and the others serve on. Default:
     * as {@link #circuitBreaker}, one with the same options for each node; else none.
     *
     * @param circuits the circuit of a node; asked when the node's pool is made
     */
    public RedisClusterPoolBuilder hostCircuitBreaker(Function<? super HostAndPort, ? extends Circuit> circuits) {
        this.hostCircuits = Optional.of(circuits);
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConfigurationException if an option breaks its rule
     */
    @Override
    public RedisClusterPool build() {
        Design design = design(RedisBackend.NAME);
        RedisTarget target = target(seeds, 0);
        Classifier classifier = design.overridden(followed(chosenClassifier()));
        var client = new LettuceClient(target, design.options().connectTimeout());
        var options = design.options()
                .with(design.options().name(), 0, design.options().maxSize());
        var root = new PoolEngine<>(
                options, new ClusterRoot(client, target.describe()), classifier, design.runtime(), design.listeners());
        ClusterWatch.Reader reader = (from, deadline) -> {
            var connector = RedisConnector.keeping(target.at(from), options, client);
            try {
                return read(connector, from, deadline);
            } finally {
                connector.shutdown();
            }
        };
        var watch = new ClusterWatch(root, reader, seeds, topologyRefresh, design.runtime());
        var recipe = new ClusterNodes.Recipe(design, classifier, target, lane(), heartbeat(), circuits(design));
        var nodes = new ClusterNodes(recipe, root, client, watch);
        var parts = new Parts<>(
                root, design.retry(), Optional.empty(), Optional.empty(), design.callTimeout(), design.runtime());
        return published(new RedisClusterPool(
                parts,
                nodes,
                watch,
                maxRedirects,
                cluster -> new RedisClusterPubSub(
                        cluster, RedisConnector.unkept(target, options, client), design.runtime(), heartbeat())));
    }

    private static ClusterView read(RedisConnector connector, HostAndPort from, Deadline deadline) throws Exception {
        RedisConnection connection = connector.open(deadline);
        try {
            var slots = connection.commands().clusterSlots();
            var info = connection.commands().clusterInfo();
            return ClusterView.parse(
                    RedisConnector.await(slots, deadline, "CLUSTER SLOTS"),
                    RedisConnector.await(info, deadline, "CLUSTER INFO"),
                    from);
        } finally {
            connector.abort(connection);
        }
    }

    /** A node that sends an operation elsewhere has not executed it, and somebody goes there. */
    private static Classifier followed(Classifier classifier) {
        return classifier
                .withVerdict("MOVED", verdict -> verdict.withCall(CallFate.NOT_EXECUTED))
                .withVerdict("ASK", verdict -> verdict.withCall(CallFate.NOT_EXECUTED));
    }

    private Optional<Function<? super HostAndPort, ? extends Circuit>> circuits(Design design) {
        if (hostCircuits.isPresent() || design.circuit().isEmpty()) {
            return hostCircuits;
        }
        if (!(design.circuit().get() instanceof CircuitBreaker pattern)) {
            throw new ConfigurationException(
                    "circuitBreaker must be a CircuitBreaker with a cluster, where each node has one like it, was "
                            + design.circuit().get().name() + "; give others by hostCircuitBreaker");
        }
        return Optional.of(address -> pattern.another(pattern.name() + "/" + address));
    }
}
