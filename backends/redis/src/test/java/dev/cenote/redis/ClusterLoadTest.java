package dev.cenote.redis;

import static dev.cenote.redis.ClusterFixture.another;
import static dev.cenote.redis.ClusterFixture.assertAtRest;
import static dev.cenote.redis.ClusterFixture.builder;
import static dev.cenote.redis.ClusterFixture.owner;
import static dev.cenote.redis.RedisCollections.lrange;
import static dev.cenote.redis.RedisCollections.rpush;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.RedisCluster;
import dev.cenote.testkit.servers.RedisSentinels;
import dev.cenote.testkit.servers.TestServer;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster that changes while many use it. */
class ClusterLoadTest {
    private static final int CALLERS = 16;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSlotMovesUnderLoadWithoutAFailedOperation() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                RedisClusterPool pool = builder(cluster).build()) {
            String tag = "{moving}";
            int slot = SlotHash.getSlot(tag);
            int counters = 40;
            var incremented = new AtomicLongArray(counters);
            var done = new AtomicLong();
            var over = new AtomicBoolean();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                callers.add(threads.submit(() -> {
                    for (int turn = number; !over.get(); turn++) {
                        int counter = turn % counters;
                        if (number % 2 == 0) {
                            pool.execute(incr(tag + counter));
                        } else {
                            pool.executeAsync(incr(tag + counter)).get(30, TimeUnit.SECONDS);
                        }
                        incremented.incrementAndGet(counter);
                        done.incrementAndGet();
                    }
                    return null;
                }));
            }
            awaitMore(done, 2_000, callers);
            int moves = 10;
            for (int i = 0; i < moves; i++) {
                TestServer from = owner(cluster, slot);
                TestServer to = another(cluster, from);
                cluster.beginMove(slot, from, to);
                awaitMore(done, 200, callers);
                while (cluster.moveKeys(slot, from, to, 3) > 0) {
                    awaitMore(done, 50, callers);
                }
                cluster.endMove(slot, from, to);
                awaitMore(done, 500, callers);
            }
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get(30, TimeUnit.SECONDS); // throws what an operation threw
            }
            for (int i = 0; i < counters; i++) {
                assertThat(pool.execute(get(tag + i))).as("counter %d", i).contains(String.valueOf(incremented.get(i)));
            }
            assertThat(pool.retries()).isZero();
            System.out.printf(
                    "cluster: slot %d moved %d times under %d callers: %d increments, none failed, none lost, none"
                            + " doubled; the topology was read %d times%n",
                    slot, moves, CALLERS, done.get(), pool.topologyReadings());
            assertAtRest(pool);
        }
    }

    private static void awaitMore(AtomicLong done, int more, List<Future<?>> callers) {
        long enough = done.get() + more;
        Awaitility.await(more + " further operations")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(() -> done.get() >= enough || callers.stream().anyMatch(Future::isDone));
    }

    // ---- a master dies

    /** What writers were told of their writes to a list of their own: each number once. */
    private static final class Writer {
        final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        final Set<String> unknown = ConcurrentHashMap.newKeySet();
        final AtomicLong refused = new AtomicLong();
        private final String list;
        private volatile long lastNanos;
        private volatile long longestPauseNanos;

        Writer(String list) {
            this.list = list;
        }

        void run(RedisClusterPool pool, AtomicLong next, AtomicBoolean over) {
            lastNanos = System.nanoTime();
            while (!over.get()) {
                String number = String.valueOf(next.incrementAndGet());
                try {
                    pool.execute(rpush(list, number));
                    acknowledged.add(number);
                    long now = System.nanoTime();
                    longestPauseNanos = Math.max(longestPauseNanos, now - lastNanos);
                    lastNanos = now;
                } catch (OperationFailedException failure) {
                    if (failure.verdict().call() == CallFate.UNKNOWN) {
                        unknown.add(number);
                    } else {
                        assertThat(failure.verdict().call()).isEqualTo(CallFate.NOT_EXECUTED);
                        refused.incrementAndGet();
                    }
                } catch (CenoteException notSent) {
                    refused.incrementAndGet();
                }
            }
        }
    }

    @Test
    void aDeadMastersReplicaTakesOver() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(1, Duration.ofSeconds(1));
                RedisClusterPool pool =
                        builder(cluster).operationTimeout(Duration.ofSeconds(1)).build()) {
            TestServer victim = cluster.masters().get(0);
            TestServer heir = cluster.replicas().get(0);
            Map<String, Writer> writers = new LinkedHashMap<>();
            for (int i = 0; writers.size() < CALLERS; i++) {
                writers.put("ledger:" + i, new Writer("ledger:" + i));
            }
            var next = new AtomicLong();
            var over = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            writers.values().forEach(writer -> running.add(threads.submit(() -> writer.run(pool, next, over))));
            awaitEach(writers, running, 100);
            List<String> figures = replication(victim);
            victim.kill();
            long died = System.nanoTime();
            awaitEach(writers, running, 3);
            long served = System.nanoTime();
            awaitEach(writers, running, 100);
            over.set(true);
            for (Future<?> each : running) {
                each.get(30, TimeUnit.SECONDS);
            }
            HostAndPort gone = ClusterFixture.address(victim);
            assertThat(pool.nodeStats()).doesNotContainKey(gone).containsKey(ClusterFixture.address(heir));

            long acknowledged = 0;
            long missing = 0;
            long unknown = 0;
            long refused = 0;
            for (Map.Entry<String, Writer> each : writers.entrySet()) {
                Writer writer = each.getValue();
                List<String> kept = pool.execute(lrange(each.getKey(), 0, -1));
                assertThat(kept).as("nothing is written twice").doesNotHaveDuplicates();
                Set<String> lost = new HashSet<>(writer.acknowledged);
                kept.forEach(lost::remove);
                Set<String> surplus = new HashSet<>(kept);
                surplus.removeAll(writer.acknowledged);
                assertThat(writer.unknown)
                        .as("stored without being acknowledged")
                        .containsAll(surplus);
                boolean ofVictim = SlotHash.getSlot(each.getKey()) < RedisCluster.SLOTS / 3;
                assertThat(ofVictim || lost.isEmpty())
                        .as("what other masters lost: %s", lost)
                        .isTrue();
                acknowledged += writer.acknowledged.size();
                missing += lost.size();
                unknown += writer.unknown.size();
                refused += writer.refused.get();
            }
            long longest = writers.values().stream()
                    .mapToLong(writer -> writer.longestPauseNanos)
                    .max()
                    .orElseThrow();
            System.out.printf(
                    "cluster: master killed under %d callers: %d acknowledged, %d unknown, %d refused; every caller served"
                            + " again %d ms after the death, longest pause %d ms; %d acknowledged writes were not on the"
                            + " replica that took over (node time-out 1 s); before the death: %s; the heir: %s%n",
                    CALLERS,
                    acknowledged,
                    unknown,
                    refused,
                    TimeUnit.NANOSECONDS.toMillis(served - died),
                    TimeUnit.NANOSECONDS.toMillis(longest),
                    missing,
                    figures,
                    replication(heir));
            assertAtRest(pool);
        }
    }

    private static List<String> replication(TestServer server) {
        return String.join("", RedisSentinels.ask(server, "INFO replication"))
                .lines()
                .filter(line -> line.startsWith("slave0")
                        || line.startsWith("master_repl_offset")
                        || line.startsWith("second_repl_offset"))
                .toList();
    }

    private static void awaitEach(Map<String, Writer> writers, List<Future<?>> running, int more) {
        var enough = new ConcurrentHashMap<String, Integer>();
        writers.forEach((name, writer) -> enough.put(name, writer.acknowledged.size() + more));
        Awaitility.await(more + " further writes of each")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> writers.entrySet().stream()
                                .allMatch(each -> each.getValue().acknowledged.size() >= enough.get(each.getKey()))
                        || running.stream().anyMatch(Future::isDone));
    }

    @Test
    void aNodeThatFallsSilentFailsItsOwnKeysAlone() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(0, Duration.ofSeconds(30));
                RedisClusterPool pool = builder(cluster).build()) {
            TestServer silent = cluster.masters().get(2);
            String its = ClusterFixture.keysOf(cluster, silent, 1).get(0);
            String other =
                    ClusterFixture.keysOf(cluster, cluster.masters().get(0), 1).get(0);
            pool.execute(set(its, "1"));
            pool.execute(set(other, "1"));
            Duration soon = Duration.ofMillis(500);
            pool.timeouts(pool.timeouts().withAcquire(soon).withOperation(soon));
            silent.pause();
            try {
                assertThat(catchThrowable(() -> pool.execute(get(its)))).isInstanceOf(CenoteException.class);
                long began = System.nanoTime();
                assertThat(pool.execute(get(other))).contains("1");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
            } finally {
                silent.resume();
            }
            pool.timeouts(pool.timeouts().withAcquire(Duration.ofSeconds(5)));
            Awaitility.await("it is served again")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(CenoteException.class)
                    .until(() -> pool.execute(get(its)).isPresent());
            assertAtRest(pool);
        }
    }
}
