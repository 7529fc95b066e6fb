package dev.cenote.redis.pubsub;

import static dev.cenote.redis.pubsub.Recorder.await;
import static dev.cenote.redis.pubsub.Topic.channel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.pool.PoolEngine;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.redis.RedisClassifier;
import dev.cenote.testkit.fakes.FakeDatabase;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.internal.ExceptionFactory;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A SUBSCRIBE whose refusal has come before the thread that sent it could wait for it. */
class RefusalTest {
    private final PoolEngine<?> engine = new PoolEngine<>(
            PoolOptions.builder().name("refusals").build(),
            new FakeDatabase(),
            new RedisClassifier(),
            PoolRuntime.system(),
            List.of());
    private final Prompt server = new Prompt();
    private final RedisPubSub pubSub = new RedisPubSub(engine, server, PoolRuntime.system(), Duration.ofHours(1));

    @AfterEach
    void close() {
        server.reachable.countDown();
        engine.close();
    }

    @Test
    void isToldToWhoeverSubscribed() {
        server.reachable.countDown();
        CompletableFuture<Subscription> open = subscribe("open");
        await("the connection is there", () -> pubSub.stats().connected());
        CompletableFuture<Subscription> refused = subscribe("closed");
        assertThat(refused).as("told at once").isCompletedExceptionally();
        assertThatThrownBy(refused::get)
                .hasCauseInstanceOf(OperationFailedException.class)
                .hasMessageContaining("NOPERM")
                .hasMessageContaining("channel closed");
        assertThat(pubSub.stats().topics()).isEqualTo(1);
        server.confirm("open");
        assertThat(open).isCompleted();
    }

    @Test
    void isToldToWhoeverWaitedForTheConnectionAndLeavesItInOrder() throws Exception {
        CompletableFuture<Subscription> open = subscribe("open");
        CompletableFuture<PubSubStats> one = subscribe("closed.1").handle(this::statsOfAnotherThread);
        CompletableFuture<PubSubStats> two = subscribe("closed.2").handle(this::statsOfAnotherThread);
        server.reachable.countDown();
        assertThat(one.get(20, TimeUnit.SECONDS).connected()).isTrue();
        assertThat(two.get(20, TimeUnit.SECONDS).connected()).isTrue();
        await("the connection is asked for signs of life", () -> server.pings.get() == 1);
        await("nothing else stays", () -> pubSub.stats().topics() == 1);
        server.confirm("open");
        assertThat(open).isCompleted();
    }

    private CompletableFuture<Subscription> subscribe(String name) {
        return pubSub.subscribeAsync(SubscriptionOptions.text(), new Recorder(), channel(name));
    }

    /** What a user's callback may do: nobody is kept out of the subscriptions meanwhile. */
    private PubSubStats statsOfAnotherThread(Subscription none, Throwable refused) {
        assertThat(refused).isInstanceOf(OperationFailedException.class);
        try {
            return CompletableFuture.supplyAsync(pubSub::stats).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A server that has refused channels that are not open before its client has asked for the answer. */
    private static final class Prompt implements PubSubConnector {
        final CountDownLatch reachable = new CountDownLatch(1);
        final AtomicInteger pings = new AtomicInteger();
        private volatile RedisPubSubListener<String, byte[]> listener;

        void confirm(String channel) {
            listener.subscribed(channel, 1);
        }

        @Override
        public StatefulRedisPubSubConnection<String, byte[]> open(Deadline deadline) throws Exception {
            reachable.await();
            RedisPubSubAsyncCommands<?, ?> commands = fake(RedisPubSubAsyncCommands.class, (self, method, words) -> {
                switch (method.getName()) {
                    case "subscribe":
                        return answer((String) Array.get(words[0], 0));
                    case "ping":
                        pings.incrementAndGet();
                        return pending();
                    default:
                        return pending();
                }
            });
            return fake(StatefulRedisPubSubConnection.class, (self, method, words) -> {
                switch (method.getName()) {
                    case "async":
                        return commands;
                    case "isOpen":
                        return true;
                    default:
                        listen(words[0]);
                        return null;
                }
            });
        }

        @SuppressWarnings("unchecked") // the only one of this type
        private void listen(Object added) {
            if (added instanceof RedisPubSubListener<?, ?> pubSub) {
                listener = (RedisPubSubListener<String, byte[]>) pubSub;
            }
        }

        @SuppressWarnings("unchecked") // what it is told and tells is of the types that are asked for
        private static <T> T fake(Class<? super T> type, InvocationHandler calls) {
            return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
        }

        private static RedisFuture<?> answer(String channel) {
            AsyncCommand<?, ?, ?> answer = pending();
            if (!channel.equals("open")) {
                answer.completeExceptionally(ExceptionFactory.createExecutionException("NOPERM no access"));
            }
            return answer;
        }

        private static AsyncCommand<?, ?, ?> pending() {
            return new AsyncCommand<>(new Command<>(CommandType.SUBSCRIBE, new StatusOutput<>(StringCodec.UTF8)));
        }

        @Override
        public void close(StatefulRedisPubSubConnection<String, byte[]> connection) {}

        @Override
        public void admitBlocking(String what) {}
    }
}
