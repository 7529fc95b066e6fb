package dev.cenote.redis;

import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import dev.cenote.redis.pubsub.PubSubConnector;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.internal.AsyncCloseable;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens connections of one client of Lettuce, which is made with the first of them. */
final class RedisConnector implements Connector<RedisConnection> {
    private static final RedisCodec<String, byte[]> CHANNELS = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final RedisTarget target;
    private final Duration connectTimeout;
    private final Duration operationTimeout;
    private int users;
    private boolean ended;
    private @Nullable ClientResources resources;
    private @Nullable RedisClient client;

    RedisConnector(RedisTarget target, PoolOptions options) {
        this.target = target;
        this.connectTimeout = shorter(options.connectTimeout(), LONGEST);
        this.operationTimeout = options.operationTimeout();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private synchronized RedisClient client() {
        if (ended) {
            throw new RedisException("Connection is closed: the pool has been");
        }
        RedisClient existing = client;
        if (existing != null) {
            return existing;
        }
        ClientResources threads = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .threadFactoryProvider(IoThread::factory)
                .nettyCustomizer(new WriteBatching())
                .build();
        RedisClient made = new TrackedClient(threads);
        made.setOptions(target.options(connectTimeout));
        resources = threads;
        client = made;
        return made;
    }

    @Override
    public RedisConnection open(Deadline deadline) throws Exception {
        StatefulRedisConnection<String, String> driver =
                connected(timeout -> client().connectAsync(StringCodec.UTF8, target.uri(timeout)), deadline);
        driver.setTimeout(operationTimeout);
        var connection = new RedisConnection(driver);
        try {
            requireMaster(connection, deadline);
            return connection;
        } catch (Throwable failure) {
            abort(connection);
            throw failure;
        }
    }

    /** For a moment, sentinels may name a server that is no master any more. */
    private void requireMaster(RedisConnection connection, Deadline deadline) throws Exception {
        if (target.master().isEmpty()) {
            return;
        }
        Object role;
        try {
            role = await(connection.commands().role(), deadline, "ROLE").get(0);
        } catch (RedisCommandExecutionException said) {
            if (RedisClassifier.prefix(said).equals("NOPERM")) {
                return; // a replica will say so when it is written to
            }
            throw said;
        }
        if (!"master".equals(role)) {
            throw new RedisConnectionException("the server that " + target + " named is a " + role);
        }
    }

    private <T extends AsyncCloseable> T connected(Function<Duration, ConnectionFuture<T>> connect, Deadline deadline)
            throws Exception {
        Duration timeout = shorter(deadline.remaining(), LONGEST);
        if (timeout.isZero()) {
            throw new RedisCommandTimeoutException("connecting had not begun by its deadline");
        }
        CompletableFuture<T> opening = connect.apply(timeout).toCompletableFuture();
        try {
            return await(opening, deadline, "connecting");
        } catch (RedisCommandTimeoutException | InterruptedException givenUp) {
            // Whatever still comes of it is nobody's.
            var unused = opening.whenComplete((late, failure) -> {
                if (late != null) {
                    late.closeAsync();
                }
            });
            throw givenUp;
        } catch (RedisException failure) {
            throw explained(failure);
        }
    }

    /** Opens connections to subscribe on, which keep the client as {@link #retain} does. */
    PubSubConnector pubSub() {
        return new Subscribing(target::uri);
    }

    private final class Subscribing implements PubSubConnector {
        private final Function<Duration, RedisURI> server;

        Subscribing(Function<Duration, RedisURI> server) {
            this.server = server;
        }

        @Override
        public StatefulRedisPubSubConnection<String, byte[]> open(Deadline deadline) throws Exception {
            retain();
            try {
                return connected(timeout -> client().connectPubSubAsync(CHANNELS, server.apply(timeout)), deadline);
            } catch (Throwable failure) {
                release();
                throw failure;
            }
        }

        @Override
        public void close(StatefulRedisPubSubConnection<String, byte[]> connection) {
            var unused = connection.closeAsync().whenComplete((nothing, failure) -> release());
        }

        @Override
        public void admitBlocking(String what) {
            IoThread.admitBlocking(what);
        }
    }

    /** True if sentinels say where the server is. */
    boolean hasSentinels() {
        return target.master().isPresent();
    }

    String master() {
        return target.master().orElseThrow();
    }

    /** Opens connections to subscribe to what the sentinels say: to the next of them each time. */
    PubSubConnector sentinels() {
        var next = new AtomicInteger();
        return new Subscribing(timeout -> {
            var sentinels = target.servers();
            int at = Math.floorMod(next.getAndIncrement(), sentinels.size());
            return target.sentinel(sentinels.get(at), timeout);
        });
    }

    /** In the words of somebody who does not know Lettuce. */
    private RedisException explained(RedisException failure) {
        if (RedisClassifier.isUnreadable(failure)) {
            return new RedisConnectionException(target + " does not speak the protocol of Redis", failure);
        }
        // Lettuce drops the server's message if the server ends the connection before the handshake is set up.
        IllegalStateException cause = RedisClassifier.find(failure, IllegalStateException.class);
        if (cause != null && String.valueOf(cause.getMessage()).contains("not registered")) {
            return new RedisConnectionException(target + RedisClassifier.ENDED_AT_ONCE, failure);
        }
        return failure;
    }

    /** What the server answers; the driver's exception if it fails, or if nothing has come by the deadline. */
    static <T extends @Nullable Object> T await(Future<T> reply, Deadline deadline, String what) throws Exception {
        try {
            return reply.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw cause instanceof Exception driver ? driver : failure;
        } catch (TimeoutException late) {
            throw new RedisCommandTimeoutException(what + " had no reply by its deadline");
        }
    }

    @Override
    public void validate(RedisConnection connection, Deadline deadline) throws Exception {
        try {
            String answer = await(connection.commands().ping(), deadline, "PING");
            if (!"PONG".equals(answer)) {
                throw new RedisException("PING must be answered with PONG, was " + answer);
            }
        } catch (RedisCommandExecutionException said) {
            // Who may not say PING is told so by a server that lives.
            if (!RedisClassifier.prefix(said).equals("NOPERM")) {
                throw said;
            }
        }
    }

    @Override
    public boolean needsReset(RedisConnection connection) {
        return connection.isDirty();
    }

    @Override
    public void reset(RedisConnection connection, Deadline deadline) throws Exception {
        SessionReset.run(connection, target, deadline);
        connection.driver().setTimeout(operationTimeout);
        connection.clean();
    }

    @Override
    public void close(RedisConnection connection) {
        try {
            connection.driver().closeAsync().get(GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | CancellationException unwilling) {
            System.getLogger(RedisConnector.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a connection to " + target, unwilling);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void abort(RedisConnection connection) {
        var unused = connection.driver().closeAsync();
    }

    /** Keeps the client for connections that are none of the pool's slots, one call for each. */
    synchronized void retain() {
        users++;
    }

    /** Ends what {@link #retain} began; does not block, since it may be called on a thread of the client's. */
    void release() {
        Runnable end;
        synchronized (this) {
            users--;
            end = takeUnused();
        }
        if (end != null) {
            var thread = new Thread(end, "cenote-redis-end");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void shutdown() {
        Runnable end;
        synchronized (this) {
            ended = true;
            end = takeUnused();
        }
        if (end != null) {
            end.run();
        }
    }

    /** What is left to be ended, once nobody uses it any more. */
    private @Nullable Runnable takeUnused() {
        RedisClient unusedClient = client;
        ClientResources unusedResources = resources;
        if (!ended || users > 0 || unusedClient == null || unusedResources == null) {
            return null;
        }
        client = null;
        resources = null;
        return () -> {
            unusedClient.shutdown(Duration.ZERO, GOODBYE);
            var unused = unusedResources.shutdown(0, GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
        };
    }
}
