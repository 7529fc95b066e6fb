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
        Consumer<MongoClientSettings.Builder> hook,
        PoolOptions options) {

    /** May block for the name server with {@code mongodb+srv}; connects in the background. */
    MongoClient create(int minSize, int maxSize) {
        var builder = MongoClientSettings.builder().applyConnectionString(uri.resolve());
        credential.ifPresent(builder::credential);
        codecs.ifPresent(builder::codecRegistry);
        hook.accept(builder);
        Optional<ServerSelector> chosen =
                Optional.ofNullable(builder.build().getClusterSettings().getServerSelector());
        var heartbeats = new FailedHeartbeats();
        var selector = new FailFastSelector(chosen, heartbeats);
        builder.applyToClusterSettings(cluster -> limit(cluster.serverSelector(selector)))
                .applyToServerSettings(server -> server.addServerMonitorListener(heartbeats))
                .applyToSocketSettings(this::limit)
                .applyToConnectionPoolSettings(pool -> limit(pool, minSize, maxSize))
                .timeout(millis(options.operationTimeout()), TimeUnit.MILLISECONDS);
        MongoClient client = MongoClients.create(builder.build());
        selector.watch(client::getClusterDescription);
        return client;
    }

    private void limit(ClusterSettings.Builder cluster) {
        cluster.serverSelectionTimeout(millis(options.connectTimeout()), TimeUnit.MILLISECONDS);
    }

    private void limit(SocketSettings.Builder socket) {
        socket.connectTimeout(millis(options.connectTimeout()), TimeUnit.MILLISECONDS)
                .readTimeout(millis(options.operationTimeout()), TimeUnit.MILLISECONDS);
    }

    private void limit(ConnectionPoolSettings.Builder pool, int minSize, int maxSize) {
        // To the driver a time of zero means for ever.
        pool.minSize(minSize)
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
