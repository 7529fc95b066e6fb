package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.ConnectionPoolSettings;
import com.mongodb.connection.SocketSettings;
import com.mongodb.selector.ServerSelector;
import dev.cenote.pool.PoolOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * Makes the driver's client with the pool's limits, which override those of the {@code settings} hook: two pools with
 * different ideas of a limit would make the stricter one a riddle.
 */
record ClientFactory(
        MongoUri uri,
        Optional<MongoCredential> credential,
        Optional<CodecRegistry> codecs,
        Concerns concerns,
        Consumer<MongoClientSettings.Builder> hook,
        PoolOptions options) {

    /**
     * Who hears what the client does.
     *
     * @param deployment of its servers
     * @param sockets of its sockets
     */
    record Ears(Deployment deployment, Sockets sockets) {
        static Ears of(MongoEvents events) {
            return new Ears(new Deployment(events), new Sockets(events));
        }
    }

    /** May block for the name server with {@code mongodb+srv}; connects in the background. */
    MongoClient create(int minSize, int maxSize, Ears ears) {
        var builder = MongoClientSettings.builder().applyConnectionString(uri.resolve());
        credential.ifPresent(builder::credential);
        codecs.ifPresent(builder::codecRegistry);
        concerns.apply(builder);
        hook.accept(builder);
        Optional<ServerSelector> chosen =
                Optional.ofNullable(builder.build().getClusterSettings().getServerSelector());
        var heartbeats = new FailedHeartbeats(ears.deployment());
        var selector = new FailFastSelector(chosen, heartbeats);
        builder.applyToClusterSettings(
                        cluster -> limit(cluster.serverSelector(selector)).addClusterListener(ears.deployment()))
                .applyToServerSettings(server -> server.addServerMonitorListener(heartbeats))
                .applyToSocketSettings(this::limit)
                .applyToConnectionPoolSettings(
                        pool -> limit(pool, minSize, maxSize).addConnectionPoolListener(ears.sockets()))
                .timeout(millis(options.operationTimeout()), TimeUnit.MILLISECONDS);
        MongoClient client = MongoClients.create(builder.build());
        selector.watch(client::getClusterDescription);
        return client;
    }

    private ClusterSettings.Builder limit(ClusterSettings.Builder cluster) {
        return cluster.serverSelectionTimeout(millis(options.connectTimeout()), TimeUnit.MILLISECONDS);
    }

    private void limit(SocketSettings.Builder socket) {
        socket.connectTimeout(millis(options.connectTimeout()), TimeUnit.MILLISECONDS)
                .readTimeout(millis(options.operationTimeout()), TimeUnit.MILLISECONDS);
    }

    private ConnectionPoolSettings.Builder limit(ConnectionPoolSettings.Builder pool, int minSize, int maxSize) {
        // To the driver a time of zero means for ever.
        return pool.minSize(minSize)
                .maxSize(maxSize)
                .maxConnecting(options.maxConnecting())
                .maxWaitTime(millis(options.acquireTimeout()), TimeUnit.MILLISECONDS)
                .maxConnectionLifeTime(
                        options.maxLifetime().map(ClientFactory::millis).orElse(0), TimeUnit.MILLISECONDS)
                .maxConnectionIdleTime(
                        options.idleTimeout().map(ClientFactory::millis).orElse(0), TimeUnit.MILLISECONDS);
    }

    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }
}
