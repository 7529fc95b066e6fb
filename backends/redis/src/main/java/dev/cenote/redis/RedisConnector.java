package dev.cenote.redis;

import dev.cenote.protocols.Connector;
import dev.cenote.protocols.Deadline;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens connections of one client of Lettuce, which is made with the first of them. */
final class RedisConnector implements Connector<RedisConnection> {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final RedisTarget target;
    private @Nullable ClientResources resources;
    private @Nullable RedisClient client;

    RedisConnector(RedisTarget target) {
        this.target = target;
    }

    private synchronized RedisClient client(Duration connectTimeout) {
        RedisClient existing = client;
        if (existing != null) {
            return existing;
        }
        ClientResources threads = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        RedisClient made = RedisClient.create(threads);
        made.setOptions(target.options(connectTimeout));
        resources = threads;
        client = made;
        return made;
    }

    @Override
    public RedisConnection open(Deadline deadline) throws Exception {
        Duration timeout = deadline.isLimited() ? deadline.remaining() : LONGEST;
        CompletableFuture<StatefulRedisConnection<String, String>> opening = client(timeout)
                .connectAsync(StringCodec.UTF8, target.uri(timeout))
                .toCompletableFuture();
        try {
            return new RedisConnection(await(opening, deadline, "connecting"));
        } catch (RedisCommandTimeoutException | InterruptedException givenUp) {
            // Whatever still comes of it is nobody's.
            var unused = opening.whenComplete((late, failure) -> {
                if (late != null) {
                    late.closeAsync();
                }
            });
            throw givenUp;
        }
    }

    /** What the server answers; the driver's exception if it fails, or if nothing has come by the deadline. */
    static <T> T await(Future<T> reply, Deadline deadline, String what) throws Exception {
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
        String answer = await(connection.commands().ping(), deadline, "PING");
        if (!"PONG".equals(answer)) {
            throw new RedisException("PING must be answered with PONG, was " + answer);
        }
    }

    @Override
    public boolean needsReset(RedisConnection connection) {
        return connection.isExposed();
    }

    @Override
    public void reset(RedisConnection connection, Deadline deadline) throws Exception {
        SessionReset.run(connection, target, deadline);
        connection.clean();
    }

    @Override
    public void close(RedisConnection connection) {
        try {
            connection.driver().closeAsync().get(GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException unwilling) {
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

    @Override
    public synchronized void shutdown() {
        if (client != null) {
            client.shutdown(Duration.ZERO, GOODBYE);
            client = null;
        }
        if (resources != null) {
            var unused = resources.shutdown(0, GOODBYE.toNanos(), TimeUnit.NANOSECONDS);
            resources = null;
        }
    }
}
