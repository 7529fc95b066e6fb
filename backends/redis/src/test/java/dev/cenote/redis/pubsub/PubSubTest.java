package dev.cenote.redis.pubsub;

import static dev.cenote.redis.RedisOperations.publish;
import static dev.cenote.redis.pubsub.Recorder.await;
import static dev.cenote.redis.pubsub.Topic.channel;
import static dev.cenote.redis.pubsub.Topic.pattern;
import static dev.cenote.redis.pubsub.Topic.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What subscribers hear, on a real server. */
class PubSubTest {
    private final TestServer server = TestServers.shared(Product.REDIS);
    private final RedisClient client = RedisClient.create(RedisURI.create(server.host(), server.port()));
    private final Recorder heard = new Recorder();
    private RedisCommands<String, String> publisher;
    private FaultProxy proxy;

    @BeforeEach
    void open() {
        publisher = client.connect().sync();
        proxy = FaultProxy.before(server.host(), server.port());
    }

    @AfterEach
    void close() {
        heard.free();
        proxy.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private RedisPoolBuilder builder() {
        return RedisPool.builder()
                .host(proxy.host())
                .port(proxy.port())
                .maxSize(1)
                .pubSubHeartbeat(Duration.ofMillis(50));
    }

    // ---- subscribing

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aMessageSaysWhereItWasPublishedAndWhoAskedForIt(int protocol) {
        try (RedisPool pool = builder().protocol(protocol).build()) {
            try (Subscription subscription =
                    pool.pubSub().subscribe(heard, channel("news"), pattern("sport.*"), shard("local"))) {
                assertThat(publisher.publish("news", "one")).isEqualTo(1);
                assertThat(publisher.publish("sport.chess", "two")).isEqualTo(1);
                assertThat(publisher.spublish("local", "three")).isEqualTo(1);
                heard.awaitMessages(3);
                assertThat(heard.messages)
                        .containsExactly(
                                new Message<>(channel("news"), "news", "one"),
                                new Message<>(pattern("sport.*"), "sport.chess", "two"),
                                new Message<>(shard("local"), "local", "three"));
                assertThat(subscription.topics())
                        .containsExactlyInAnyOrder(channel("news"), pattern("sport.*"), shard("local"));
                assertThat(subscription.isActive()).isTrue();
            }
            assertThat(heard.gaps).isEmpty();
        }
    }

    @Test
    void aMessageThatMatchesTwoTopicsComesForEach() {
        try (RedisPool pool = builder().build()) {
            pool.pubSub().subscribe(heard, channel("news"), pattern("n*"));
            publisher.publish("news", "one");
            heard.awaitMessages(2);
            assertThat(heard.messages).extracting(Message::topic).containsExactly(channel("news"), pattern("n*"));
        }
    }

    @Test
    void subscribersShareOneConnectionOutsideOfThePoolsAndTheLastTakesItAlong() {
        try (RedisPool pool = builder().build()) {
            var second = new Recorder();
            Subscription one = pool.pubSub().subscribe(heard, channel("a"), channel("b"));
            Subscription two = pool.pubSub().subscribe(second, channel("b"));
            assertThat(proxy.openConnections()).isEqualTo(1);
            assertThat(pool.stats().size()).isZero();
            publisher.publish("b", "both");
            heard.awaitMessages(1);
            second.awaitMessages(1);
            assertThat(pool.pubSub().stats()).isEqualTo(new PubSubStats(true, 2, 2, 1, 0, 0));

            one.close();
            await("the server has let go of a", () -> publisher.publish("a", "nobody") == 0);
            assertThat(publisher.publish("b", "one")).isEqualTo(1);
            second.awaitMessages(2);
            assertThat(heard.payloads()).containsExactly("both");

            two.close();
            two.close();
            await("the connection is closed", () -> proxy.openConnections() == 0);
            assertThat(pool.pubSub().stats().connected()).isFalse();
            assertThat(one.isActive()).isFalse();

            try (Subscription again = pool.pubSub().subscribe(heard, channel("a"))) {
                assertThat(publisher.publish("a", "again")).isEqualTo(1);
                await("it is heard", () -> heard.payloads().contains("again"));
            }
        }
    }

    @Test
    void subscribingAgainAtOnceAfterLeavingHearsAll() {
        try (RedisPool pool = builder().build();
                Subscription keeping = pool.pubSub().subscribe(new Recorder(), channel("other"))) {
            for (int round = 0; round < 50; round++) {
                var fresh = new Recorder();
                try (Subscription subscription = pool.pubSub().subscribe(fresh, channel("back"))) {
                    publisher.publish("back", "now " + round);
                    fresh.awaitMessages(1);
                    assertThat(fresh.payloads()).containsExactly("now " + round);
                }
            }
        }
    }

    @Test
    void futuresSubscribeToo() {
        try (RedisPool pool = builder().build()) {
            CompletableFuture<Subscription> joining =
                    pool.pubSub().subscribeAsync(SubscriptionOptions.text(), heard, channel("later"));
            joining.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(publisher.publish("later", "one")).isEqualTo(1);
            heard.awaitMessages(1);
        }
    }

    @Test
    void payloadsAreReadByTheCodec() {
        try (RedisPool pool = builder().build()) {
            var bytes = new ArrayList<byte[]>();
            pool.pubSub().subscribe(SubscriptionOptions.bytes(), message -> bytes.add(message.payload()), channel("b"));
            publisher.publish("b", "ü");
            await("it is heard", () -> bytes.size() == 1);
            assertThat(bytes.get(0)).containsExactly(0xC3, 0xBC);
        }
    }

    @Test
    void whatIsWrongIsSaidByName() {
        try (RedisPool pool = builder().build()) {
            assertThatThrownBy(() -> pool.pubSub().subscribe(heard))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("topics.size must be >= 1, was 0");
            assertThatThrownBy(() -> channel(" "))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("name must not be blank");
            assertThatThrownBy(() -> SubscriptionOptions.text().buffer(0))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("buffer must be >= 1, was 0");
            assertThatThrownBy(() -> RedisPool.builder().uri("redis://localhost?pubSubHeartbeat=0s"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("pubSubHeartbeat must be > 0, was PT0S");
        }
    }

    @Test
    void whatTheServerRefusesIsAnErrorAndTheOthersHearOn() {
        publisher.aclSetuser(
                "deaf",
                io.lettuce.core.AclSetuserArgs.Builder.on()
                        .addPassword("secret")
                        .allCommands()
                        .resetChannels()
                        .channelPattern("open.*"));
        try (RedisPool pool = builder().user("deaf").password("secret").build()) {
            pool.pubSub().subscribe(heard, channel("open.a"));
            OperationFailedException refused = catchThrowableOfType(
                    OperationFailedException.class,
                    () -> pool.pubSub().subscribe(new Recorder(), channel("open.b"), channel("closed")));
            assertThat(refused).hasMessageContaining("NOPERM").hasMessageContaining("channel closed");
            assertThat(refused.verdict().call()).isEqualTo(CallFate.PERMANENT);
            publisher.publish("open.a", "still");
            heard.awaitMessages(1);
            await("nothing stays subscribed", () -> publisher.publish("open.b", "nobody") == 0);
            assertThat(pool.pubSub().stats().topics()).isEqualTo(1);

            publisher.aclSetuser("deaf", io.lettuce.core.AclSetuserArgs.Builder.channelPattern("closed"));
            pool.pubSub().subscribe(heard, channel("closed"));
            publisher.publish("closed", "allowed now");
            heard.awaitMessages(2);
        } finally {
            publisher.aclDeluser("deaf");
        }
    }

    @Test
    void whoeverCannotBeSubscribedInTimeIsToldWhyAndNothingStays() {
        proxy.refuse();
        try (RedisPool pool = builder().operationTimeout(Duration.ofMillis(200)).build()) {
            assertThatThrownBy(() -> pool.pubSub().subscribe(heard, channel("a")))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("channel a")
                    .hasRootCauseInstanceOf(java.io.IOException.class);
            assertThat(pool.pubSub().stats()).isEqualTo(new PubSubStats(false, 0, 0, 0, 0, 0));
            proxy.heal();
            pool.pubSub().subscribe(heard, channel("a"));
        }
    }

    @Test
    void theDeadlineOfTheThreadHoldsForSubscribing() throws Exception {
        proxy.silence();
        try (RedisPool pool = builder().build()) {
            Deadline.after(Duration.ofMillis(100))
                    .run(() -> assertThatThrownBy(() -> pool.pubSub().subscribe(heard, channel("a")))
                            .isInstanceOf(OperationTimeoutException.class));
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        proxy.silence();
        try (RedisPool pool = builder().build()) {
            var thrown = new CompletableFuture<Throwable>();
            var thread = new Thread(() -> {
                try {
                    pool.pubSub().subscribe(heard, channel("a"));
                } catch (OperationFailedException failure) {
                    thrown.complete(Thread.currentThread().isInterrupted() ? failure.getCause() : failure);
                }
            });
            thread.start();
            await("it waits", () -> pool.pubSub().stats().subscriptions() == 1);
            thread.interrupt();
            assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(pool.pubSub().stats().subscriptions()).isZero();
        }
    }

    // ---- slow and faulty listeners

    @Test
    void aSlowListenerHoldsUpNobodyElse() {
        try (RedisPool pool = builder().build()) {
            var quick = new Recorder();
            pool.pubSub().subscribe(heard, channel("a"));
            pool.pubSub().subscribe(quick, channel("a"));
            heard.hold();
            for (int i = 0; i < 100; i++) {
                publisher.publish("a", String.valueOf(i));
            }
            quick.awaitMessages(100);
            assertThat(heard.messages).hasSize(1);
            heard.free();
            heard.awaitMessages(100);
        }
    }

    @Test
    void aListenerThatThrowsHearsTheRest() {
        try (RedisPool pool = builder().build()) {
            pool.pubSub()
                    .subscribe(
                            message -> {
                                heard.onMessage(message);
                                throw new IllegalStateException("rude");
                            },
                            channel("a"));
            publisher.publish("a", "1");
            publisher.publish("a", "2");
            heard.awaitMessages(2);
        }
    }

    @Test
    void closingIsPromptWhileAListenerHangs() {
        try (RedisPool pool = builder().build()) {
            Subscription subscription = pool.pubSub().subscribe(heard, channel("a"));
            heard.hold();
            publisher.publish("a", "1");
            publisher.publish("a", "2");
            heard.awaitMessages(1);
            await("one is buffered", () -> subscription.buffered() == 1);
            subscription.close();
            assertThat(subscription.buffered()).isZero();
            await("the server has let go", () -> publisher.publish("a", "nobody") == 0);
            heard.free();
            assertThat(heard.payloads()).containsExactly("1");
        }
    }

    private void overflow(OverflowPolicy policy, RedisPool pool) {
        Subscription subscription =
                pool.pubSub().subscribe(SubscriptionOptions.text().buffer(3).overflow(policy), heard, channel("a"));
        var others = new Recorder();
        pool.pubSub().subscribe(others, channel("a"));
        heard.hold();
        publisher.publish("a", "0");
        heard.awaitMessages(1);
        for (int i = 1; i < 8; i++) {
            publisher.publish("a", String.valueOf(i));
        }
        others.awaitMessages(8);
        assertThat(subscription.buffered()).isEqualTo(3);
        heard.free();
    }

    @Test
    void aFullBufferDropsTheOldestAndTellsHowMany() {
        try (RedisPool pool = builder().build()) {
            overflow(OverflowPolicy.DROP_OLDEST, pool);
            heard.awaitMessages(4);
            assertThat(heard.order).containsExactly("0", "dropped 4", "5", "6", "7");
            assertThat(pool.pubSub().stats().dropped()).isEqualTo(4);
        }
    }

    @Test
    void aFullBufferDropsTheNewestAndTellsHowManyBeforeTheNextThatComes() {
        try (RedisPool pool = builder().build()) {
            overflow(OverflowPolicy.DROP_NEWEST, pool);
            heard.awaitMessages(4);
            publisher.publish("a", "8");
            heard.awaitMessages(5);
            assertThat(heard.order).containsExactly("0", "1", "2", "3", "dropped 4", "8");
        }
    }

    @Test
    void aFullBufferEndsTheSubscriptionAfterWhatIsInIt() {
        try (RedisPool pool = builder().build()) {
            overflow(OverflowPolicy.FAIL, pool);
            await("it has ended", () -> heard.end != null);
            assertThat(heard.payloads()).containsExactly("0", "1", "2", "3");
            assertThat(heard.end.orElseThrow())
                    .isInstanceOf(OverflowException.class)
                    .hasMessageContaining("buffer of 3 is full");
            assertThat(pool.pubSub().stats().subscriptions()).isEqualTo(1);
        }
    }

    // ---- publishers

    @Test
    void aPublisherGivesWhatIsAskedForAndCompletesWithThePool() {
        var flow = new FlowProbe();
        RedisPool pool = builder().build();
        pool.pubSub().publisher(SubscriptionOptions.text(), channel("a")).subscribe(flow);
        flow.awaitSubscription();
        for (int i = 0; i < 5; i++) {
            assertThat(publisher.publish("a", String.valueOf(i))).isEqualTo(1);
        }
        flow.subscription().request(2);
        await("two have come", () -> flow.payloads().size() == 2);
        flow.subscription().request(Long.MAX_VALUE);
        await("all have come", () -> flow.payloads().size() == 5);
        assertThat(flow.payloads()).containsExactly("0", "1", "2", "3", "4");
        pool.close();
        await("it has completed", flow::isComplete);
        assertThat(flow.failure()).isEmpty();
    }

    @Test
    void aPublishersSubscriberMayCancel() {
        try (RedisPool pool = builder().build()) {
            var flow = new FlowProbe();
            pool.pubSub().publisher(SubscriptionOptions.text(), channel("a")).subscribe(flow);
            flow.awaitSubscription();
            flow.subscription().cancel();
            await("the server has let go", () -> publisher.publish("a", "nobody") == 0);
            assertThat(flow.isComplete()).isFalse();
        }
    }

    @Test
    void aPublishersSubscriberThatThrowsCountsAsCancelled() {
        try (RedisPool pool = builder().build()) {
            var flow = new FlowProbe().throwing();
            pool.pubSub().publisher(SubscriptionOptions.text(), channel("a")).subscribe(flow);
            flow.awaitSubscription();
            flow.subscription().request(1);
            publisher.publish("a", "1");
            await("the server has let go", () -> publisher.publish("a", "nobody") == 0);
        }
    }

    @Test
    void aPublishersSubscriberThatAsksForNothingIsToldSo() {
        try (RedisPool pool = builder().build()) {
            var flow = new FlowProbe();
            pool.pubSub().publisher(SubscriptionOptions.text(), channel("a")).subscribe(flow);
            flow.awaitSubscription();
            flow.subscription().request(0);
            await("it has failed", () -> flow.failure().isPresent());
            assertThat(flow.failure().orElseThrow()).hasMessage("signals must be >= 1, was 0");
            await("the server has let go", () -> publisher.publish("a", "nobody") == 0);
        }
    }

    @Test
    void aPublisherThatCannotSubscribeFails() {
        proxy.refuse();
        try (RedisPool pool = builder().operationTimeout(Duration.ofMillis(100)).build()) {
            var flow = new FlowProbe();
            pool.pubSub().publisher(SubscriptionOptions.text(), channel("a")).subscribe(flow);
            await("it has failed", () -> flow.failure().isPresent());
            assertThat(flow.failure().orElseThrow()).isInstanceOf(OperationTimeoutException.class);
        }
    }

    // ---- the pool

    @Test
    void aPausedPoolHearsNothingAndTellsTheGapWhenItIsReady() {
        try (RedisPool pool = builder().build()) {
            pool.pubSub().subscribe(heard, channel("a"));
            pool.pause();
            await("the connection is closed", () -> proxy.openConnections() == 0);
            assertThatThrownBy(() -> pool.pubSub().subscribe(heard, channel("b")))
                    .isInstanceOf(PoolPausedException.class);
            assertThat(publisher.publish("a", "missed")).isZero();
            pool.ready();
            await("it hears again", () -> publisher.publish("a", "heard") == 1);
            heard.awaitMessages(1);
            assertThat(heard.order).startsWith("gap", "heard");
            assertThat(pool.pubSub().stats().gaps()).isEqualTo(1);
        }
    }

    @Test
    void aClosedPoolEndsItsSubscriptions() {
        RedisPool pool = builder().build();
        Subscription subscription = pool.pubSub().subscribe(heard, channel("a"));
        pool.close();
        await("it is told", () -> heard.end != null);
        assertThat(heard.end).isEqualTo(Optional.empty());
        assertThat(subscription.isActive()).isFalse();
        assertThatThrownBy(() -> pool.pubSub().subscribe(heard, channel("a"))).isInstanceOf(PoolClosedException.class);
        await("the connection is closed", () -> proxy.openConnections() == 0);
    }

    @Test
    void aListenerMayUseThePoolAndSubscribe() throws Exception {
        try (RedisPool pool = builder().build()) {
            var done = new CountDownLatch(1);
            pool.pubSub()
                    .subscribe(
                            message -> {
                                pool.pubSub().subscribe(heard, channel("inner"));
                                pool.execute(publish("inner", message.payload()));
                                done.countDown();
                            },
                            channel("outer"));
            publisher.publish("outer", "through");
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            heard.awaitMessages(1);
            assertThat(heard.payloads()).containsExactly("through");
        }
    }

    @Test
    void manyTopicsAreOneSubscription() {
        try (RedisPool pool = builder().build()) {
            Topic[] topics =
                    IntStream.range(0, 1000).mapToObj(i -> channel("many:" + i)).toArray(Topic[]::new);
            try (Subscription subscription = pool.pubSub().subscribe(heard, topics)) {
                assertThat(publisher.publish("many:999", "last")).isEqualTo(1);
                heard.awaitMessages(1);
                assertThat(subscription.topics()).hasSize(1000);
            }
        }
    }
}
