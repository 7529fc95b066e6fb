package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.sortedSets;
import static dev.cenote.redis.RedisOperations.streamGroups;
import static dev.cenote.redis.RedisOperations.streams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.fakes.ManualClock;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations that wait on the server: for how long, and what becomes of them if it falls silent. */
class WaitingTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestServer server = TestServers.shared(Product.REDIS);
    private RedisPool pool;

    @BeforeEach
    void open() {
        pool = RedisPool.builder().uri(server.uri()).database(9).maxSize(4).build();
        pool.execute(RedisOperations.command("FLUSHDB"));
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(pool);
        pool.close();
    }

    private void awaitWaiting() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> pool.execute(RedisOperations.command("INFO", "clients"))
                        .text()
                        .orElseThrow()
                        .contains("blocked_clients:1"));
    }

    @Test
    void theServerIsAskedForTheLesserOfTimeoutAndDeadline() {
        var clock = new ManualClock();
        Deadline inFive = Deadline.after(Duration.ofSeconds(5), clock);
        assertThat(new Waiting(Duration.ofMillis(1500), false).by(inFive)).isEqualTo("1.500");
        assertThat(new Waiting(Duration.ofNanos(1), true).by(inFive))
                .as("0 is for ever")
                .isEqualTo("1");
        assertThat(new Waiting(LONG, true).by(inFive))
                .as("with time for the reply")
                .isEqualTo("4800");
        assertThat(new Waiting(LONG, false).by(Deadline.none())).isEqualTo("300.000");
        clock.advance(Duration.ofMillis(4700));
        assertThat(new Waiting(LONG, true).by(inFive))
                .as("half of what is left")
                .isEqualTo("150");
        clock.advance(Duration.ofSeconds(60));
        assertThat(new Waiting(LONG, true).by(inFive)).isEqualTo("1");
        assertThat(new Waiting(Duration.ofDays(30_000), false).by(Deadline.none()))
                .isEqualTo("31536000.000");
    }

    @Test
    void whatComesMeanwhileIsPopped() throws Exception {
        CompletableFuture<Optional<Popped<String, String>>> waiting =
                pool.executeAsync(lists().blpop(LONG, "none", "l"));
        awaitWaiting();
        assertThat(pool.execute(RedisOperations.set("k", "v")))
                .as("others are served")
                .isTrue();
        pool.execute(lists().rpush("l", "a"));
        assertThat(waiting.get(20, TimeUnit.SECONDS)).contains(new Popped<>("l", "a"));
        CompletableFuture<Map<String, List<StreamEntry<String, String>>>> reading =
                pool.executeAsync(streams().xreadBlocking(LONG, XreadOptions.none(), StreamOffset.fromNow("x")));
        awaitWaiting();
        pool.execute(streams().xadd("x", XaddOptions.none().id("1-1"), Map.of("f", "v")));
        assertThat(reading.get(20, TimeUnit.SECONDS))
                .isEqualTo(Map.of("x", List.of(new StreamEntry<>("1-1", Map.of("f", "v")))));
    }

    @Test
    void theServerEndsAWaitByTheDeadlineWithNothingAndTheConnectionLives() {
        pool.execute(streamGroups().xgroupCreateWithStream("x", "g", "$"));
        var consumer = new StreamConsumer("g", "ann");
        XreadOptions none = XreadOptions.none();
        for (RedisOperation<?> waits : List.of(
                lists().blpop(LONG, "l"),
                lists().brpop(LONG, "l"),
                lists().blmove(LONG, "l", "m"),
                lists().blmpop(LONG, ListEnd.LEFT, 1, "l"),
                sortedSets().bzpopmin(LONG, "z"),
                sortedSets().bzpopmax(LONG, "z"),
                sortedSets().bzmpop(LONG, RedisSortedSets.ScoreEnd.MIN, 1, "z"),
                streams().xreadBlocking(LONG, none, StreamOffset.fromNow("x")),
                streamGroups().xreadgroupBlocking(LONG, consumer, none, StreamOffset.undelivered("x")))) {
            Object nothing = pool.execute(waits, Deadline.after(Duration.ofMillis(600)));
            assertThat(nothing).as(waits.name()).isIn(Optional.empty(), Map.of());
        }
        assertThat(pool.execute(lists().blpop(Duration.ofMillis(20), "l")))
                .as("its own time-out")
                .isEmpty();
        assertThat(pool.stats().closed()).isEmpty();
    }

    @Test
    void aPopWhoseReplyIsLostIsUnknownAndNotTriedAgain() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool through = RedisPool.builder()
                        .host(proxy.host())
                        .port(proxy.port())
                        .database(9)
                        .retry(RetryPolicy.exponential().maxRetries(3).build())
                        .build()) {
            RedisOperation<?> pop = lists().blpop(LONG, "l");
            assertThat(pop.effect()).isEqualTo(Effect.NON_IDEMPOTENT);
            through.execute(RedisOperations.ping());
            pool.execute(lists().rpush("l", "a", "b", "c"));
            proxy.cutMidReply();
            var failure = catchThrowableOfType(OperationFailedException.class, () -> through.execute(pop));
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
            assertThat(pool.execute(lists().llen("l")))
                    .as("popped at most once")
                    .isIn(2L, 3L);
        }
    }

    @Test
    void aServerThatFallsSilentEndsTheWaitAtTheDeadlineAsUnknown() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool through = RedisPool.builder()
                        .host(proxy.host())
                        .port(proxy.port())
                        .database(9)
                        .build()) {
            through.execute(RedisOperations.ping().exclusive());
            proxy.silence();
            var failure = catchThrowableOfType(
                    OperationFailedException.class,
                    () -> through.execute(lists().blpop(LONG, "l"), Deadline.after(Duration.ofMillis(500))));
            assertThat(failure.verdict().call()).isEqualTo(CallFate.UNKNOWN);
            proxy.heal();
        }
    }
}
