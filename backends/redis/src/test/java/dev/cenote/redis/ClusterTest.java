package dev.cenote.redis;

import static dev.cenote.redis.ClusterFixture.address;
import static dev.cenote.redis.ClusterFixture.another;
import static dev.cenote.redis.ClusterFixture.assertAtRest;
import static dev.cenote.redis.ClusterFixture.builder;
import static dev.cenote.redis.ClusterFixture.keysOf;
import static dev.cenote.redis.ClusterFixture.owner;
import static dev.cenote.redis.RedisCollections.hgetAll;
import static dev.cenote.redis.RedisCollections.hset;
import static dev.cenote.redis.RedisCollections.lpop;
import static dev.cenote.redis.RedisCollections.rpush;
import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.exists;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.mget;
import static dev.cenote.redis.RedisOperations.mset;
import static dev.cenote.redis.RedisOperations.ping;
import static dev.cenote.redis.RedisOperations.set;
import static dev.cenote.redis.RedisTransactions.queued;
import static dev.cenote.redis.RedisTransactions.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.Pools;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.redis.RedisOperation.Lane;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.servers.FreePort;
import dev.cenote.testkit.servers.RedisCluster;
import dev.cenote.testkit.servers.RedisSentinels;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster of three masters: where operations go, and what is refused. */
class ClusterTest {
    private static RedisCluster cluster;

    private RedisClusterPool pool;

    @BeforeAll
    static void startCluster() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        pool = builder(cluster).build();
    }

    @AfterEach
    void close() {
        pool.close();
        cluster.masters().forEach(node -> RedisSentinels.ask(node, "FLUSHALL"));
    }

    private static RedisOperation<Long> dbsize() {
        return new Draft<>(ValueCodec.strings(), ValueCodec.strings(), "DBSIZE", Effect.READ_ONLY).reply(Reply.NUMBER);
    }

    private static int slot(String key) {
        return SlotHash.getSlot(key);
    }

    // ---- routing

    @Test
    void eachOperationRunsOnTheNodeOfItsKey() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(pool.execute(set("s" + i, "v" + i))).isTrue();
            assertThat(pool.executeAsync(rpush("l" + i, "v" + i)).get(10, TimeUnit.SECONDS))
                    .isEqualTo(1);
            pool.execute(hset("h" + i, "field", "v" + i));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(pool.execute(get("s" + i))).contains("v" + i);
            assertThat(pool.execute(lpop("l" + i))).contains("v" + i);
            assertThat(pool.executeAsync(hgetAll("h" + i)).get(10, TimeUnit.SECONDS))
                    .containsEntry("field", "v" + i);
        }
        assertThat(pool.nodeStats()).hasSize(3);
        assertThat(pool.executeOnAll(dbsize()).values()).hasSize(3).allMatch(count -> count > 20);
        assertThat(pool.sharedLanes().values()).allMatch(lane -> lane.executed() > 20);
        assertThat(pool.topologyReadings()).as("nobody was sent elsewhere").isEqualTo(1);
        assertAtRest(pool);
    }

    @Test
    void whatHasNoKeyRunsAnywhereAndOnAllWhereAsked() {
        assertThat(pool.execute(ping())).isEqualTo("PONG");
        Map<?, String> answers = pool.executeOnAll(ping());
        assertThat(answers.keySet())
                .map(Object::toString)
                .containsExactlyInAnyOrderElementsOf(cluster.masters().subList(0, 3).stream()
                        .map(node -> address(node).toString())
                        .toList());
        assertThat(answers.values()).containsOnly("PONG");
    }

    @Test
    void theBackendIsFoundByTheSchemeOfTheUri() {
        try (Pool<?> found = Pools.open(cluster.uri() + "?pool.maxSize=3&maxRedirects=2&topologyRefresh=1m")) {
            assertThat(found).isInstanceOf(RedisClusterPool.class);
            ((RedisClusterPool) found).execute(set("by uri", "yes"));
            assertThat(found.stats().maxSize())
                    .as("that of the one node that was needed")
                    .isEqualTo(3);
        }
    }

    // ---- keys of several slots

    @Test
    void keysOfSeveralSlotsAreRefusedByNameBeforeAnythingIsSent() {
        CrossSlotException refused = catchThrowableOfType(
                CrossSlotException.class, () -> pool.execute(mset(new TreeMap<>(Map.of("a", "1", "b", "2")))));
        assertThat(refused).hasMessageContaining("(slot " + slot("a") + ")").hasMessageContaining("(slot " + slot("b"));
        assertThat(List.of(refused.firstKey(), refused.secondKey())).containsExactlyInAnyOrder("a", "b");
        assertThat(List.of(refused.firstSlot(), refused.secondSlot())).containsExactlyInAnyOrder(slot("a"), slot("b"));
        assertThat(refused.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        assertThat(pool.stats().created()).isZero();
        assertThat(pool.executeAsync(mset(Map.of("a", "1", "b", "2")))).failsWithin(Duration.ofSeconds(5));
        assertThat(pool.execute(mset(Map.of("{t}a", "1", "{t}b", "2")))).isTrue();
        assertThat(pool.execute(mget("{t}a", "{t}b"))).containsExactly(Optional.of("1"), Optional.of("2"));
    }

    @Test
    void whatEachKeyHasForItselfIsSplitBySlot() throws Exception {
        String[] keys = IntStream.range(0, 60).mapToObj(i -> "k" + i).toArray(String[]::new);
        for (int i = 0; i < 50; i++) {
            pool.execute(set(keys[i], "v" + i));
        }
        List<Optional<String>> values = pool.execute(mget(keys));
        for (int i = 0; i < 60; i++) {
            assertThat(values.get(i)).isEqualTo(i < 50 ? Optional.of("v" + i) : Optional.empty());
        }
        assertThat(pool.execute(exists(keys))).isEqualTo(50);
        assertThat(pool.executeAsync(exists(keys).idempotent()).get(10, TimeUnit.SECONDS))
                .isEqualTo(50);
        assertThat(pool.execute(delete(keys))).isEqualTo(50);
        assertThat(pool.execute(exists(keys))).isZero();
        assertAtRest(pool);
    }

    @Test
    void aWriteThatWasDoneInPartIsOfUnknownFate() {
        try (RedisClusterPool judging = builder(cluster)
                .verdict("WRONGTYPE", verdict -> verdict.withCall(CallFate.NOT_EXECUTED))
                .build()) {
            judging.execute(rpush("of another type", "v"));
            // GETDEL, under the name of a command that is split, so that one of its parts is refused
            var draft = new Draft<>(ValueCodec.strings(), ValueCodec.strings(), "GETDEL", Effect.NON_IDEMPOTENT)
                    .keys("of another type", "k");
            SingleCommand<Long> getdel = draft.command(new Reply.Decoder<>(Long.class, value -> 1L));
            var parts = new RedisOperation<>(
                    new RedisOperation.Facts("DEL", null, draft.facts().keys(), Effect.NON_IDEMPOTENT, Lane.SHARED),
                    Long.class,
                    getdel);
            judging.execute(set("k", "v"));
            OperationFailedException failed =
                    catchThrowableOfType(OperationFailedException.class, () -> judging.execute(parts));
            assertThat(failed.verdict().call()).isEqualTo(CallFate.UNKNOWN);
            assertThat(judging.execute(get("k"))).as("this part was done").isEmpty();
        }
    }

    // ---- slots that move

    @Test
    void aSlotThatHasMovedIsFollowedAndRemembered() {
        String key = "moving";
        TestServer from = owner(cluster, slot(key));
        TestServer to = another(cluster, from);
        pool.execute(set(key, "1"));
        cluster.moveSlot(slot(key), from, to);
        try {
            assertThat(pool.execute(incr(key))).isEqualTo(2);
            assertThat(pool.nodeOf(key)).contains(address(to));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(pool.topologyReadings()).isGreaterThan(1));
            assertThat(pool.execute(incr(key))).isEqualTo(3);
        } finally {
            cluster.moveSlot(slot(key), to, from);
        }
        assertThat(pool.executeAsync(incr(key)).join()).isEqualTo(4);
        assertAtRest(pool);
    }

    @Test
    void aRedirectTooManyIsTheErrorOfTheCall() {
        String key = "moving";
        TestServer from = owner(cluster, slot(key));
        TestServer to = another(cluster, from);
        try (RedisClusterPool unwilling = builder(cluster).maxRedirects(0).build()) {
            unwilling.execute(set(key, "1"));
            cluster.moveSlot(slot(key), from, to);
            OperationFailedException moved =
                    catchThrowableOfType(OperationFailedException.class, () -> unwilling.execute(incr(key)));
            assertThat(moved).hasMessageContaining("MOVED " + slot(key));
            assertThat(moved.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
        } finally {
            cluster.moveSlot(slot(key), to, from);
        }
    }

    @Test
    void aSlotOnItsWayIsAskedForWhereItGoes() throws Exception {
        String tag = "{underway}";
        int slot = slot(tag);
        TestServer from = owner(cluster, slot);
        TestServer to = another(cluster, from);
        for (int i = 0; i < 10; i++) {
            pool.execute(set(tag + i, "0"));
        }
        cluster.beginMove(slot, from, to);
        assertThat(cluster.moveKeys(slot, from, to, 5)).isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            assertThat(pool.execute(incr(tag + i)))
                    .as("key %d, of which half have moved", i)
                    .isEqualTo(1);
            assertThat(pool.executeAsync(incr(tag + i)).get(10, TimeUnit.SECONDS))
                    .isEqualTo(2);
        }
        pool.execute(set(tag + "new", "born over there"));
        assertThat(pool.execute(get(tag + "new"))).contains("born over there");
        assertThat(pool.nodeOf(tag)).as("the slot is where it was").contains(address(from));

        // Keys on both sides: neither can answer, until they are together.
        CompletableFuture<List<Optional<String>>> both = CompletableFuture.supplyAsync(() ->
                pool.execute(mget(IntStream.range(0, 10).mapToObj(i -> tag + i).toArray(String[]::new))));
        CompletableFuture<Boolean> async = pool.executeAsync(mset(allTo(tag, "9")));
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> !both.isDone() && !async.isDone());
        while (cluster.moveKeys(slot, from, to, 3) > 0) {
            assertThat(slot).isPositive();
        }
        cluster.endMove(slot, from, to);
        assertThat(async.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(both.get(10, TimeUnit.SECONDS))
                .allMatch(value -> value.equals(Optional.of("2")) || value.equals(Optional.of("9")));
        assertThat(pool.execute(get(tag + 3))).contains("9");
        assertThat(pool.nodeOf(tag)).contains(address(to));
        cluster.moveSlot(slot, to, from);
        assertAtRest(pool);
    }

    private static Map<String, String> allTo(String tag, String value) {
        var values = new HashMap<String, String>();
        IntStream.range(0, 10).forEach(i -> values.put(tag + i, value));
        return values;
    }

    // ---- leases and transactions

    @Test
    void aLeaseBelongsToTheNodeOfItsFirstKey() {
        List<String> here = keysOf(cluster, cluster.masters().get(0), 2);
        String there = keysOf(cluster, cluster.masters().get(1), 1).get(0);
        try (Lease<RedisConnection> lease = pool.acquire()) {
            lease.execute(set(here.get(0), "1"));
            lease.execute(set(here.get(1), "2"));
            assertThatThrownBy(() -> lease.execute(get(there)))
                    .isInstanceOf(CrossSlotException.class)
                    .hasMessageContaining(here.get(0) + " (slot " + slot(here.get(0)) + ") bound it")
                    .hasMessageContaining("had " + there + " (slot " + slot(there) + ")");
            assertThat(lease.executeAsync(get(there))).failsWithin(Duration.ofSeconds(5));
            assertThat(lease.execute(get(here.get(1)))).contains("2");
            assertThat(pool.holders()).hasSize(1);
            assertThat(pool.slots())
                    .filteredOn(slot -> slot.state() == SlotView.State.LEASED)
                    .hasSize(1);
        }
        assertAtRest(pool);
    }

    @Test
    void aLeaseForAKeyHasItsConnectionAtOnce() {
        String key = keysOf(cluster, cluster.masters().get(2), 1).get(0);
        Lease<RedisConnection> lease = pool.acquireFor(key);
        try (lease) {
            assertThat(lease.connectionId()).isPositive();
            @SuppressWarnings("unchecked")
            RedisCommands<String, String> driver = lease.unwrap(RedisCommands.class);
            driver.multi();
            driver.incr(key);
            assertThat(driver.exec().<Long>get(0)).isEqualTo(1);
        }
        assertThatThrownBy(() -> lease.execute(get(key))).isInstanceOf(LeaseClosedException.class);
        try (Lease<RedisConnection> none = pool.acquire()) {
            assertThatThrownBy(none::connectionId)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("acquireFor");
            assertThat(none.unwrap(RedisCommands.class).ping()).isEqualTo("PONG");
            assertThat(none.connectionId()).isPositive();
        }
        assertAtRest(pool);
    }

    @Test
    void onALeaseAMovedSlotIsAnErrorThatKeepsTheConnection() {
        String key = "moving";
        TestServer from = owner(cluster, slot(key));
        TestServer to = another(cluster, from);
        try (Lease<RedisConnection> lease = pool.acquireFor(key)) {
            lease.execute(set(key, "1"));
            cluster.moveSlot(slot(key), from, to);
            OperationFailedException moved =
                    catchThrowableOfType(OperationFailedException.class, () -> lease.execute(get(key)));
            assertThat(moved).hasMessageContaining("MOVED " + slot(key));
            assertThat(moved.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
            assertThat(pool.nodeOf(key)).contains(address(to));
            assertThat(lease.execute(ping())).isEqualTo("PONG");
        } finally {
            cluster.moveSlot(slot(key), to, from);
        }
        assertThat(pool.stats().closed()).isEmpty();
        assertAtRest(pool);
    }

    @Test
    void aTransactionRunsOnTheNodeOfItsFirstKey() throws Exception {
        for (String tag : List.of("{a}", "{b}", "{c}", "{d}")) {
            pool.execute(set(tag + "stock", "7"));
            long left = pool.transaction(TransactionOptions.defaults(), tx -> {
                tx.execute(watch(tag + "stock", tag + "sold"));
                long stock = Long.parseLong(tx.execute(get(tag + "stock")).orElseThrow());
                tx.execute(queued(incr(tag + "sold")));
                tx.execute(queued(set(tag + "stock", String.valueOf(stock - 1))));
                return stock - 1;
            });
            assertThat(left).isEqualTo(6);
            assertThat(pool.execute(mget(tag + "stock", tag + "sold")))
                    .containsExactly(Optional.of("6"), Optional.of("1"));
        }
        CompletableFuture<String> async = pool.transactionAsync(
                TransactionOptions.defaults(),
                tx -> tx.executeAsync(queued(incr("counter"))).thenApply(later -> "queued"));
        assertThat(async.get(10, TimeUnit.SECONDS)).isEqualTo("queued");
        assertThat(pool.execute(get("counter"))).contains("1");
        assertThat(pool.<String, RuntimeException>transaction(TransactionOptions.defaults(), tx -> "nothing"))
                .isEqualTo("nothing");
        assertThatThrownBy(() -> pool.transaction(TransactionOptions.defaults(), tx -> {
                    tx.execute(queued(set("a", "1")));
                    return tx.execute(queued(set("b", "1")));
                }))
                .isInstanceOf(CrossSlotException.class);
        assertThat(pool.execute(mget("a", "b"))).containsOnly(Optional.empty());
        assertAtRest(pool);
    }

    @Test
    void aTransactionWhoseSlotMovesRunsAgainWhereItIs() {
        String key = "moving";
        TestServer from = owner(cluster, slot(key));
        TestServer to = another(cluster, from);
        try (RedisClusterPool retrying = builder(cluster)
                .retry(RetryPolicy.exponential().maxRetries(5).build())
                .build()) {
            retrying.execute(set(key, "1"));
            var runs = new AtomicInteger();
            String seen = retrying.transaction(TransactionOptions.defaults(), tx -> {
                tx.execute(watch(key));
                String value = tx.execute(get(key)).orElseThrow();
                if (runs.incrementAndGet() == 1) {
                    cluster.moveSlot(slot(key), from, to);
                }
                tx.execute(queued(incr(key)));
                return value;
            });
            assertThat(seen).isEqualTo("1");
            assertThat(runs).as("runs of the body").hasValue(2);
            assertThat(retrying.execute(get(key))).contains("2");
            assertAtRest(retrying);
        } finally {
            cluster.moveSlot(slot(key), to, from);
        }
    }

    // ---- policies, figures, life

    @Test
    void policiesApplyOnce() {
        var retries = new AtomicInteger();
        try (RedisClusterPool retrying = builder(cluster)
                .retry(RetryPolicy.exponential()
                        .maxRetries(2)
                        .onRetry(event -> retries.incrementAndGet())
                        .build())
                .verdict("WRONGTYPE", verdict -> verdict.withCall(CallFate.NOT_EXECUTED))
                .circuitBreaker(CircuitBreaker.builder()
                        .name("redis")
                        .failureThreshold(2)
                        .build())
                .build()) {
            retrying.execute(rpush("a list", "v")); // on a busy machine perhaps not at once: it reads the topology
            long before = retrying.attempts();
            retries.set(0);
            assertThatThrownBy(() -> retrying.execute(get("a list")))
                    .isInstanceOfSatisfying(
                            RetriesExhaustedException.class,
                            exhausted -> assertThat(exhausted.attempts()).hasSize(3));
            assertThat(retrying.attempts()).isEqualTo(before + 3);
            assertThat(retries).hasValue(2);
            PolicyStats told = retrying.stats().policies();
            assertThat(told.attempts()).isEqualTo(before + 3);
            assertThat(told.retries()).as("all but the first of two calls").isEqualTo(before + 1);
            assertThat(told.retryBudgetLeft()).isPresent();
            assertThat(retrying.report().stats().policies()).isEqualTo(told);
            retrying.executeOnAll(ping());
            assertThat(retrying.circuits()).hasSize(3);
            assertThat(retrying.circuits().values())
                    .extracting(circuit -> circuit.name())
                    .allMatch(name -> name.startsWith("redis/127.0.0.1:"));
            retrying.circuits()
                    .values()
                    .forEach(circuit -> assertThat(circuit.state().isClosed()).isTrue());
        }
    }

    @Test
    void figuresAreThoseOfAllNodesAndOfEach() {
        pool.executeOnAll(ping());
        try (Lease<RedisConnection> one = pool.acquireFor("a");
                Lease<RedisConnection> two = pool.acquireFor("b")) {
            PoolStats sum = pool.stats();
            assertThat(sum.pool()).isEqualTo(pool.name());
            assertThat(sum.leased()).isEqualTo(2);
            assertThat(sum.maxSize()).isEqualTo(12);
            assertThat(pool.nodeStats()).hasSize(3);
            assertThat(pool.nodeStats().values().stream()
                            .mapToInt(PoolStats::leased)
                            .sum())
                    .isEqualTo(2);
            assertThat(pool.nodeStats().values())
                    .allMatch(stats -> stats.pool().startsWith(pool.name() + "/127.0.0.1:"));
            assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
            assertThat(one.connectionId()).isPositive();
            assertThat(two.generation()).isZero();
        }
        pool.resize(1, 2);
        Awaitility.await()
                .untilAsserted(() -> assertThat(pool.stats().maxSize()).isEqualTo(6));
        pool.clear();
        assertThat(pool.stats().generation()).isEqualTo(1);
        assertThat(pool.execute(ping())).isEqualTo("PONG");
        assertAtRest(pool);
    }

    @Test
    void aPausedClusterRefusesOnAllNodesAlsoOnNewOnes() {
        pool.execute(get("a"));
        pool.pause();
        assertThatThrownBy(() -> pool.execute(get("a"))).isInstanceOf(PoolPausedException.class);
        assertThatThrownBy(() -> pool.acquire()).isInstanceOf(PoolPausedException.class);
        assertThat(pool.executeAsync(get("b"))).failsWithin(Duration.ofSeconds(5));
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
        pool.ready();
        assertThat(pool.execute(get("a"))).isEmpty();
        pool.executeOnAll(ping());
        assertAtRest(pool);
    }

    @Test
    void drainingWaitsForTheLeasesOfAllNodes() throws Exception {
        Lease<RedisConnection> one = pool.acquireFor("a");
        Lease<RedisConnection> two = pool.acquireFor("b");
        CompletableFuture<Boolean> draining = CompletableFuture.supplyAsync(() -> pool.drain(Duration.ofSeconds(20)));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThatThrownBy(() -> pool.execute(ping())).isInstanceOf(PoolClosedException.class));
        assertThat(two.execute(set("b", "still"))).isTrue();
        assertThat(draining).isNotDone();
        one.close();
        two.close();
        assertThat(draining.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.stats().size()).isZero();
        assertThatThrownBy(() -> pool.execute(get("a"))).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void aNodeThatLosesItsSlotsLeavesAndItsConnectionsAreClosed() {
        String key = "travelling";
        TestServer from = owner(cluster, slot(key));
        TestServer fourth = cluster.addMaster();
        cluster.moveSlot(slot(key), from, fourth);
        pool.execute(set(key, "there"));
        Lease<RedisConnection> held = pool.acquireFor(key);
        assertThat(held.execute(get(key))).contains("there");
        assertThat(pool.nodeStats()).containsKey(address(fourth));
        cluster.moveSlot(slot(key), fourth, from);
        assertThat(pool.execute(get(key))).contains("there");
        Awaitility.await("it has left")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pool.nodeStats()).doesNotContainKey(address(fourth)));
        assertThat(pool.stats().leased()).as("what is on loan is left alone").isEqualTo(1);
        assertThat(held.execute(ping())).isEqualTo("PONG");
        held.close();
        Awaitility.await("no connection to it is left")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(String.join("", RedisSentinels.ask(fourth, "CLIENT LIST"))
                                .lines())
                        .hasSize(1));
        assertAtRest(pool);
    }

    // ---- what cannot be

    @Test
    void aServerThatIsNoClusterIsToldApart() {
        TestServer single = TestServers.shared(Product.REDIS);
        try (RedisClusterPool mistaken = RedisClusterPool.builder()
                .uri("redis-cluster://" + single.host() + ":" + single.port())
                .build()) {
            assertThatThrownBy(() -> mistaken.execute(get("k")))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageContaining("cluster support disabled");
            assertThat(mistaken.executeAsync(get("k"))).failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void aClusterThatCannotBeReachedFailsInTimeAndIsFoundLater() {
        int nobody = FreePort.choose();
        try (RedisClusterPool lonely = RedisClusterPool.builder()
                .seeds("127.0.0.1:" + nobody)
                .acquireTimeout(Duration.ofMillis(400))
                .build()) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> lonely.execute(get("k")))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageContaining("127.0.0.1:" + nobody);
            assertThat(lonely.executeAsync(get("k"))).failsWithin(Duration.ofSeconds(10));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
        }
        try (RedisClusterPool patient = RedisClusterPool.builder()
                .seeds("127.0.0.1:" + nobody, address(cluster.masters().get(1)).toString())
                .build()) {
            assertThat(patient.execute(ping())).isEqualTo("PONG");
        }
    }

    @Test
    void optionsThatAClusterHasNotAreRefused() {
        assertThatThrownBy(() -> RedisClusterPool.builder().uri("redis-cluster://h/3"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("database must be 0 with a cluster, which has no other, was 3");
        assertThatThrownBy(() -> RedisClusterPool.builder().uri("redis://h"))
                .hasMessage("scheme must be redis-cluster or rediss-cluster, was redis");
        assertThatThrownBy(() -> RedisPool.builder().uri("redis-cluster://h"))
                .hasMessageContaining("RedisClusterPool.builder()");
        assertThatThrownBy(() -> RedisClusterPool.builder().uri("redis-cluster://h?master=m"))
                .hasMessageContaining("parameter master is unknown")
                .hasMessageContaining("topologyRefresh");
        assertThatThrownBy(() -> RedisClusterPool.builder().maxRedirects(-1))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> RedisClusterPool.builder().user("u").build())
                .isInstanceOf(CenoteException.class)
                .hasMessageContaining("password must be given");
    }
}
