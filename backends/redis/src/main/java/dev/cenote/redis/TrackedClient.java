package dev.cenote.redis;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.json.JsonParser;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A client whose connections remember what their holder changed in the driver itself and what nobody can ask for
 * afterwards: a buffer that was not flushed, a listener.
 */
final class TrackedClient extends RedisClient {
    TrackedClient(ClientResources resources) {
        super(resources, new RedisURI());
    }

    /** True unless the connection is known to be as it was when it was opened, for what lies in the driver. */
    static boolean isAltered(StatefulRedisConnection<?, ?> connection) {
        return !(connection instanceof Tracked<?, ?> tracked) || tracked.altered;
    }

    /** From now on many callers share it: it refuses what would be felt by more than who sends it. */
    static void share(StatefulRedisConnection<?, ?> connection) {
        if (connection instanceof Tracked<?, ?> tracked) {
            tracked.shared = true;
        }
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
        return new Tracked<>(writer, pushes, codec, timeout, getOptions().getJsonParser());
    }

    private static final class Tracked<K, V> extends StatefulRedisConnectionImpl<K, V> {
        private final AtomicBoolean closing = new AtomicBoolean();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private volatile boolean altered;
        private volatile boolean shared;

        Tracked(
                RedisChannelWriter writer,
                PushHandler pushes,
                RedisCodec<K, V> codec,
                Duration timeout,
                Supplier<JsonParser> parser) {
            super(writer, pushes, codec, timeout, parser);
        }

        /** Once: Lettuce would warn of a second time, and an abort is followed by a close. */
        @Override
        public CompletableFuture<Void> closeAsync() {
            if (closing.compareAndSet(false, true)) {
                var unused = super.closeAsync().whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        closed.complete(nothing);
                    } else {
                        closed.completeExceptionally(failure);
                    }
                });
            }
            return closed;
        }

        @Override
        public <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command) {
            if (shared) {
                ExclusiveCommands.refuse(command);
            }
            return super.dispatch(command);
        }

        @Override
        public Collection<RedisCommand<K, V, ?>> dispatch(Collection<? extends RedisCommand<K, V, ?>> commands) {
            if (shared) {
                commands.forEach(ExclusiveCommands::refuse);
            }
            return super.dispatch(commands);
        }

        @Override
        public void setAutoFlushCommands(boolean autoFlush) {
            altered = true;
            super.setAutoFlushCommands(autoFlush);
        }

        @Override
        public void addListener(PushListener listener) {
            altered = true;
            super.addListener(listener);
        }

        @Override
        public void addListener(RedisConnectionStateListener listener) {
            altered = true;
            super.addListener(listener);
        }
    }
}
