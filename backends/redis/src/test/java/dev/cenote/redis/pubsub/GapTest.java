package dev.cenote.redis.pubsub;

import static dev.cenote.redis.pubsub.Recorder.await;
import static dev.cenote.redis.pubsub.Topic.channel;
import static dev.cenote.redis.pubsub.Topic.pattern;
import static dev.cenote.redis.pubsub.Topic.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.redis.RedisPool;
import dev.cenote.redis.RedisPoolBuilder;
import dev.cenote.redis.pubsub.PubSubSignal.Gap;
import dev.cenote.redis.pubsub.PubSubSignal.Message;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What subscribers are told of the times in which they could not hear. */
class GapTest {
    private static final int MESSAGES = 20_000;
    private static final int CUTS = 10;
    private static final int CHANNELS = 4;

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
        proxy.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private RedisPoolBuilder builder() {
        return RedisPool.builder()
                .host(proxy.host())
                .port(proxy.port())
                .maxSize(1)
                .pubSubHeartbeat(Duration.ofMillis(20));
    }

    @Test
    void aLostConnectionIsReplacedAndTheGapIsTold() {
        try (RedisPool pool = builder().build()) {
            pool.pubSub().subscribe(heard, channel("a"), channel("b"));
            publisher.publish("a", "before");
            heard.awaitMessages(1);
            Instant cut = Instant.now();
            proxy.cut();
            await("both gaps are told", () -> heard.gaps.size() == 2);
            Instant told = Instant.now();
            assertThat(publisher.publish("a", "after")).isEqualTo(1);
            heard.awaitMessages(2);
            assertThat(heard.order).containsExactly("before", "gap", "gap", "after");
            assertThat(heard.gaps).extracting(Gap::topic).containsExactlyInAnyOrder(channel("a"), channel("b"));
            for (Gap<String> gap : heard.gaps) {
                assertThat(gap.from()).isBeforeOrEqualTo(cut);
                assertThat(gap.to()).isBetween(cut, told);
                assertThat(gap.length()).isEqualTo(Duration.between(gap.from(), gap.to()));
            }
            assertThat(pool.pubSub().stats().gaps()).isEqualTo(1);
        }
    }

    @Test
    void aSilentConnectionIsFoundAndReplaced() {
        try (RedisPool pool = builder().validateTimeout(Duration.ofMillis(200)).build()) {
            pool.pubSub().subscribe(heard, channel("a"));
            proxy.silence();
            publisher.publish("a", "missed");
            await("it is noticed", () -> !pool.pubSub().stats().connected());
            proxy.heal();
            await("the gap is told", () -> heard.gaps.size() == 1);
            publisher.publish("a", "heard");
            heard.awaitMessages(1);
            assertThat(heard.order).containsExactly("gap", "heard");
        }
    }

    @Test
    void clearReplacesTheConnectionToo() {
        try (RedisPool pool = builder().build()) {
            pool.pubSub().subscribe(heard, channel("a"));
            pool.clear();
            await("the gap is told", () -> heard.gaps.size() == 1);
            assertThat(publisher.publish("a", "heard")).isEqualTo(1);
            heard.awaitMessages(1);
        }
    }

    @Test
    void whoSubscribesDuringAnOutageWaitsForItsEndAndHasNoGap() {
        try (RedisPool pool = builder().build()) {
            pool.pubSub().subscribe(heard, channel("a"));
            proxy.refuse();
            proxy.cut();
            await("it is noticed", () -> !pool.pubSub().stats().connected());
            var late = new Recorder();
            var joining = pool.pubSub().subscribeAsync(SubscriptionOptions.text(), late, channel("a"));
            assertThat(joining).isNotDone();
            proxy.heal();
            joining.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
            await("the gap is told", () -> heard.gaps.size() == 1);
            publisher.publish("a", "heard");
            late.awaitMessages(1);
            assertThat(late.order).containsExactly("heard");
        }
    }

    /** A message, and when its publisher asked and was answered. */
    private record Published(Instant asked, Instant answered) {}

    @ParameterizedTest
    @CsvSource({"CHANNEL, 3", "PATTERN, 3", "SHARD, 3", "CHANNEL, 2"})
    void everyMissingMessageLiesInAGapNoneComesTwiceAndOrderHoldsInAChannel(Topic.Kind kind, int protocol) {
        var published = new HashMap<String, Published>();
        long seed = Long.getLong("cenote.pubsub.seed", System.nanoTime());
        Set<Integer> cuts = cuts(seed);
        assertThat(cuts).hasSize(CUTS);
        try (RedisPool pool = builder().protocol(protocol).build()) {
            pool.pubSub().subscribe(SubscriptionOptions.text().buffer(MESSAGES), heard, topics(kind));
            int done = 0;
            for (int i = 0; i < MESSAGES; i++) {
                if (cuts.contains(i)) {
                    int told = done++ * topics(kind).length;
                    await("the gaps of the cut before are told", () -> heard.gaps.size() == told);
                    proxy.cut();
                }
                publish(kind, i, published);
            }
            assertThat(done).isEqualTo(CUTS);
            String last = lastHeard(kind, published);
            await("the last is heard", () -> heard.payloads().contains(last));
            assertThat(pool.pubSub().stats().gaps()).isEqualTo(CUTS);
        }

        Map<String, List<Integer>> byChannel = new HashMap<>();
        for (Message<String> message : heard.messages) {
            byChannel
                    .computeIfAbsent(message.channel(), channel -> new ArrayList<>())
                    .add(Integer.parseInt(message.payload()));
        }
        byChannel.forEach(
                (channel, numbers) -> assertThat(numbers).as(channel).isSorted().doesNotHaveDuplicates());

        List<String> payloads = heard.payloads();
        var delivered = new java.util.HashSet<>(payloads);
        assertThat(delivered).hasSameSizeAs(payloads);
        long outside = 0;
        long missing = 0;
        for (Map.Entry<String, Published> entry : published.entrySet()) {
            Topic topic = topicOf(kind, Integer.parseInt(entry.getKey()));
            boolean inGap =
                    heard.gaps.stream().anyMatch(gap -> gap.topic().equals(topic) && overlap(gap, entry.getValue()));
            outside += inGap ? 0 : 1;
            if (!delivered.contains(entry.getKey())) {
                missing++;
                assertThat(inGap).as("message %s is missing", entry.getKey()).isTrue();
            }
        }
        System.out.printf(
                "%s, RESP%d, seed %d: %d published, %d delivered, %d missing, all in the %d gaps; %d outside of all gaps%n",
                kind, protocol, seed, published.size(), payloads.size(), missing, heard.gaps.size(), outside);
        assertThat(published.size()).isEqualTo(payloads.size() + missing);
        assertThat(heard.gaps).hasSize(CUTS * topics(kind).length); // no more than there were cuts
        // Else a gap from the beginning to the end would do.
        assertThat(outside).isGreaterThan(MESSAGES / 4);
    }

    /** Before which messages the connection is cut: one at random in each tenth of them. */
    private static Set<Integer> cuts(long seed) {
        var random = new Random(seed);
        int apart = MESSAGES / CUTS;
        return IntStream.range(0, CUTS)
                .map(tenth -> tenth * apart + apart / 4 + random.nextInt(apart / 2))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static boolean overlap(Gap<String> gap, Published message) {
        return !message.answered().isBefore(gap.from()) && !message.asked().isAfter(gap.to());
    }

    private static Topic[] topics(Topic.Kind kind) {
        if (kind == Topic.Kind.PATTERN) {
            return new Topic[] {pattern("gap.[01]"), pattern("gap.[23]")};
        }
        Topic[] topics = new Topic[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            topics[i] = topicOf(kind, i);
        }
        return topics;
    }

    private static Topic topicOf(Topic.Kind kind, int number) {
        int at = number % CHANNELS;
        return switch (kind) {
            case CHANNEL -> channel("gap." + at);
            case PATTERN -> pattern(at < 2 ? "gap.[01]" : "gap.[23]");
            case SHARD -> shard("gap." + at);
        };
    }

    private long publish(Topic.Kind kind, int number, Map<String, Published> published) {
        String channel = "gap." + number % CHANNELS;
        String payload = String.valueOf(number);
        Instant asked = Instant.now();
        long receivers =
                kind == Topic.Kind.SHARD ? publisher.spublish(channel, payload) : publisher.publish(channel, payload);
        published.put(payload, new Published(asked, Instant.now()));
        return receivers;
    }

    /** Publishes more until one has a receiver: that one is the last that must be heard. */
    private String lastHeard(Topic.Kind kind, Map<String, Published> published) {
        var number = new int[] {MESSAGES};
        await("a message has a receiver", () -> publish(kind, number[0]++, published) == 1);
        return String.valueOf(number[0] - 1);
    }
}
