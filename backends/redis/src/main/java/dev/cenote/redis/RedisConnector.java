package dev.cenote.redis;

import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.HostAndPort;
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
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens connections to one server, or to the master that sentinels name. */
final class RedisConnector implements Connector<RedisConnection> {
    private static final RedisCodec<String, byte[]> CHANNELS = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final RedisTarget target;
    private final Duration operationTimeout;
    private final LettuceClient client;
    /** What is done with the client in the end. */
    private final Runnable end;

    private volatile boolean ended;

    private RedisConnector(RedisTarget target, PoolOptions options, LettuceClient client, Runnable end) {
        this.target = target;
        this.operationTimeout = options.operationTimeout();
        this.client = client;
        this.end = end;
    }

    /** With a client of its own. */
    static RedisConnector alone(RedisTarget target, PoolOptions options) {
        var client = new LettuceClient(target, options.connectTimeout());
        return new RedisConnector(target, options, client, client::end);
    }

    /** With a client that others use too, and which is kept until {@link #shutdown}. */
    static RedisConnector keeping(RedisTarget target, PoolOptions options, LettuceClient client) {
        client.retain();
        return new RedisConnector(target, options, client, client::release);
    }

    /** With a client that others keep, to open connections that keep it themselves. */
    static RedisConnector unkept(RedisTarget target, PoolOptions options, LettuceClient client) {
        return new RedisConnector(target, options, client, () -> {});
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public Database database() {
        return target.describe();
    }

    private RedisClient client() {
        if (ended) {
            throw new RedisException("Connection is closed: the pool has been");
        }
        return client.get();
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

    /** Opens connections to subscribe on, to whichever server {@code next} names each time. */
    PubSubConnector pubSub(Supplier<HostAndPort> next) {
        return new Subscribing(timeout -> target.at(next.get()).uri(timeout));
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
    void retain() {
        client.retain();
    }

    /** Ends what {@link #retain} began; does not block. */
    void release() {
        client.release();
    }

    @Override
    public void shutdown() {
        ended = true;
        end.run();
    }
}
