package dev.cenote.redis;

import static dev.cenote.redis.RedisCollections.lrange;
import static dev.cenote.redis.RedisCollections.rpush;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.publish;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.redis.pubsub.Topic;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.RedisSentinels;
import dev.cenote.testkit.servers.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A master that dies or is replaced, while it is used. */
class SentinelTest {
    private static final int WRITERS = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private RedisSentinels deployment;

    @BeforeEach
    void start() {
        deployment = RedisSentinels.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        deployment.close();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private RedisPoolBuilder builder() {
        return RedisPool.builder().uri(deployment.uri()).maxSize(4).operationTimeout(Duration.ofSeconds(1));
    }

    private TestServer other(TestServer server) {
        return deployment.servers().stream()
                .filter(each -> each != server)
                .findFirst()
                .orElseThrow();
    }

    private static void untilServed(RedisPool pool) {
        Awaitility.await("it is served")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(CenoteException.class)
                .until(() -> pool.execute(set("served", "yes")));
    }

    /**
     * What writers were told of their writes. Each writes a number of its own, again and again; one of them asks after each
     * write how many replicas have it.
     */
    private static final class Load {
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<String> replicated = ConcurrentHashMap.newKeySet();
        private final List<AtomicLong> byWriter = new ArrayList<>();
        private final Set<String> unknown = ConcurrentHashMap.newKeySet();
        private final AtomicLong refused = new AtomicLong();
        private final AtomicLong next = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Future<?>> writers = new ArrayList<>();

        Load(RedisPool pool, ExecutorService threads) {
            for (int i = 0; i < WRITERS; i++) {
                boolean careful = i == 0;
                var count = new AtomicLong();
                byWriter.add(count);
                writers.add(threads.submit(() -> {
                    while (!over.get()) {
                        String number = String.valueOf(next.incrementAndGet());
                        if (tried(() -> write(pool, number, careful), number)) {
                            count.incrementAndGet();
                        }
                    }
                }));
            }
        }

        private void write(RedisPool pool, String number, boolean careful) {
            if (!careful) {
                pool.execute(rpush("ledger", number));
                acknowledged.add(number);
                return;
            }
            try (Lease<RedisConnection> lease = pool.acquire()) {
                lease.execute(rpush("ledger", number));
                acknowledged.add(number);
                if (lease.execute(replicas()) > 0) {
                    replicated.add(number);
                }
            }
        }

        private static RedisOperation<Long> replicas() {
            return new Draft<>(ValueCodec.strings(), ValueCodec.strings(), "WAIT", Effect.READ_ONLY)
                    .number(1)
                    .number(200)
                    .alone()
                    .reply(Reply.NUMBER);
        }

        /** True if it was acknowledged. */
        private boolean tried(Runnable write, String number) {
            try {
                write.run();
                return true;
            } catch (OperationFailedException failure) {
                if (acknowledged.contains(number)) {
                    return true; // only the question after it failed
                }
                if (failure.verdict().call() == CallFate.UNKNOWN) {
                    unknown.add(number);
                } else {
                    assertThat(failure.verdict().call()).isEqualTo(CallFate.NOT_EXECUTED);
                    refused.incrementAndGet();
                }
            } catch (CenoteException notSent) {
                if (acknowledged.contains(number)) {
                    return true;
                }
                refused.incrementAndGet();
            }
            return false;
        }

        /** Waits until each writer has had so many more acknowledged. */
        void awaitEach(int more) {
            List<Long> before = byWriter.stream().map(AtomicLong::get).toList();
            Awaitility.await(more + " further writes of each writer")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> IntStream.range(0, WRITERS)
                                    .allMatch(i -> byWriter.get(i).get() >= before.get(i) + more)
                            || writers.stream().anyMatch(Future::isDone));
        }

        void awaitAcknowledged(int more) {
            int before = acknowledged.size();
            Awaitility.await(more + " further writes")
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> acknowledged.size() >= before + more
                            || writers.stream().anyMatch(Future::isDone));
        }

        void end() throws Exception {
            over.set(true);
            for (Future<?> writer : writers) {
                writer.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** What the server says of its replication: its offsets, and the one that its replica has acknowledged. */
    private static Map<String, Long> replication(TestServer server) {
        var figures = new HashMap<String, Long>();
        String.join("", RedisSentinels.ask(server, "INFO replication"))
                .lines()
                .flatMap(line -> Arrays.stream(line.replaceFirst("^slave0:", "").split(",")))
                .map(word -> word.split("[:=]", 2))
                .filter(pair -> pair.length == 2 && pair[1].matches("\\d+"))
                .forEach(pair -> figures.put(pair[0], Long.parseLong(pair[1])));
        return figures;
    }

    @Test
    void aDeadMastersReplicaTakesOverAndNoAcknowledgedWriteIsLostButByReplication() throws Exception {
        TestServer old = deployment.master();
        TestServer promoted = other(old);
        try (RedisPool pool = builder().build()) {
            untilServed(pool);
            var load = new Load(pool, threads);
            load.awaitAcknowledged(2_000);
            Map<String, Long> ofOld = replication(old);
            old.kill();
            long died = System.nanoTime();
            // What was under way then may still have been acknowledged.
            load.awaitEach(2);
            long served = System.nanoTime();
            load.awaitAcknowledged(2_000);
            load.end();
            assertThat(deployment.master()).isSameAs(promoted);

            List<String> kept = pool.execute(lrange("ledger", 0, -1));
            assertThat(kept).doesNotHaveDuplicates();
            Consistency.assertAtRest(pool);
            // With nobody to make a replica of it, the old master shows what it had.
            deployment.sentinels().forEach(TestServer::close);
            old.start();
            List<String> had;
            try (RedisPool direct = RedisPool.builder().uri(old.uri()).build()) {
                had = direct.execute(lrange("ledger", 0, -1));
            }
            assertThat(had).doesNotHaveDuplicates();
            Set<String> stored = new HashSet<>(kept);
            Set<String> lostByReplication = new HashSet<>(had);
            lostByReplication.removeAll(stored);
            Set<String> missing = new HashSet<>(load.acknowledged);
            missing.removeAll(stored);
            assertThat(lostByReplication)
                    .as("acknowledged, and not on the new master")
                    .containsAll(missing);
            assertThat(load.replicated).isNotEmpty();
            assertThat(missing)
                    .as("what the old master said its replica had")
                    .doesNotContainAnyElementsOf(load.replicated);
            Map<String, Long> ofNew = replication(promoted);
            assertThat(ofNew.get("second_repl_offset") - 1)
                    .as("how far the new master had followed, and how far it had said so")
                    .isGreaterThanOrEqualTo(ofOld.get("offset"));
            stored.addAll(had);
            stored.removeAll(load.acknowledged);
            assertThat(load.unknown).as("stored without being acknowledged").containsAll(stored);
            System.out.printf(
                    "sentinel: %d acknowledged (%d of them by the replica too), %d unknown, %d refused; every writer served"
                            + " again %d ms after the death (down-after 500 ms); the old master had %d writes that its"
                            + " replica had not, %d of them acknowledged; replication offsets: old master %d just before"
                            + " its death, replica had said %d, had followed to %d when it took over%n",
                    load.acknowledged.size(),
                    load.replicated.size(),
                    load.unknown.size(),
                    load.refused.get(),
                    TimeUnit.NANOSECONDS.toMillis(served - died),
                    lostByReplication.size(),
                    missing.size(),
                    ofOld.get("master_repl_offset"),
                    ofOld.get("offset"),
                    ofNew.get("second_repl_offset") - 1);
        }
    }

    @Test
    @Tag("oldest-lettuce")
    void aPlannedFailOverMovesEverythingToTheNewMaster() throws Exception {
        TestServer old = deployment.master();
        TestServer promoted = other(old);
        var heard = new CopyOnWriteArrayList<String>();
        try (RedisPool pool = builder()
                .retry(RetryPolicy.exponential().maxRetries(20).build())
                .callTimeout(Duration.ofSeconds(20))
                .build()) {
            pool.pubSub().subscribe(message -> heard.add(message.payload()), Topic.channel("news"));
            untilServed(pool);
            var load = new Load(pool, threads);
            load.awaitAcknowledged(1_000);
            long generation = pool.stats().generation();
            deployment.failOver();
            Awaitility.await("the generation is raised")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pool.stats().generation() > generation);
            load.awaitAcknowledged(1_000);
            load.end();
            Awaitility.await("the sentinels have changed over")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> deployment.master() == promoted);
            try (Lease<RedisConnection> lease = pool.acquire()) {
                assertThat(lease.execute(set("where", "new"))).isTrue();
            }
            try (RedisPool direct = RedisPool.builder().uri(promoted.uri()).build()) {
                assertThat(direct.execute(get("where"))).contains("new");
            }
            Awaitility.await("the subscription has moved too")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pool.execute(publish("news", "moved")) >= 1);
            Awaitility.await("it is heard").atMost(Duration.ofSeconds(20)).until(() -> heard.contains("moved"));
            assertThat(pool.stats().closed().keySet()).containsAnyOf(CloseReason.STALE, CloseReason.ERROR);
            Consistency.assertAtRest(pool);
        }
    }

    @Test
    void aDeadSentinelIsPassedOver() {
        deployment.sentinels().get(0).kill();
        try (RedisPool pool = builder().build()) {
            untilServed(pool);
        }
    }
}
