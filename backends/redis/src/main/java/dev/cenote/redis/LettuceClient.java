package dev.cenote.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of Lettuce with its threads, made when it is first asked for. It ends once {@link #end} was called and nobody
 * uses it any more. Thread-safe.
 */
final class LettuceClient {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final RedisTarget target;
    private final Duration connectTimeout;
    private int users;
    private boolean ended;
    private @Nullable ClientResources resources;
    private @Nullable RedisClient client;

    LettuceClient(RedisTarget target, Duration connectTimeout) {
        this.target = target;
        this.connectTimeout = connectTimeout.compareTo(LONGEST) < 0 ? connectTimeout : LONGEST;
    }

    synchronized RedisClient get() {
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

    /** Keeps it, also after {@link #end}, until {@link #release}; one call for each. */
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

    /** Gives nobody the client any more; blocks while it is shut down, if nobody keeps it. */
    void end() {
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
