package dev.cenote.examples;

import static dev.cenote.redis.RedisOperations.get;

import dev.cenote.protocols.Lease;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Operations without a thread that waits. */
public final class AsyncExample {
    private AsyncExample() {}

    /** The values of {@code keys}, asked for at once on as many connections as the pool has. */
    public static CompletableFuture<List<Optional<String>>> fetchAll(RedisPool pool, List<String> keys) {
        List<CompletableFuture<Optional<String>>> pending =
                keys.stream().map(key -> pool.executeAsync(get(key))).toList();
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(done -> pending.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Stops waiting for a connection. True if the cancel came first; otherwise the lease had been given already, and is
     * closed.
     */
    public static boolean giveUp(CompletableFuture<Lease<RedisConnection>> waiting) {
        if (waiting.cancel(false)) {
            return true;
        }
        waiting.thenAccept(Lease::close);
        return false;
    }
}
