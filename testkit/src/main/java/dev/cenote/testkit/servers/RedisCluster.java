package dev.cenote.testkit.servers;

import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A Redis Cluster of three masters, each with as many replicas as are asked for, formed in about two seconds. Slots can be
 * moved, all at once or step by step. Used by one thread at a time.
 */
public final class RedisCluster implements AutoCloseable {
    /** How many slots there are. */
    public static final int SLOTS = 16384;

    private static final int MASTERS = 3;
    private static final Duration FORM_TIMEOUT = Duration.ofSeconds(60);

    private final List<TestServer> masters = new ArrayList<>();
    private final List<TestServer> replicas = new ArrayList<>();
    private final List<Integer> busPorts = new ArrayList<>();
    private final Duration nodeTimeout;

    private RedisCluster(Duration nodeTimeout) {
        this.nodeTimeout = nodeTimeout;
    }

    /** Starts one without replicas. */
    public static RedisCluster start() {
        return start(0, Duration.ofSeconds(2));
    }

    /**
     * Starts one, and waits until every node knows all others and serves.
     *
     * @param replicasEach replicas of each master
     * @param nodeTimeout silence after which a node counts as failed
     */
    public static RedisCluster start(int replicasEach, Duration nodeTimeout) {
        var made = new RedisCluster(nodeTimeout);
        try {
            for (int i = 0; i < MASTERS; i++) {
                made.masters.add(made.startNode());
            }
            for (int i = 0; i < MASTERS * replicasEach; i++) {
                made.replicas.add(made.startNode());
            }
            made.form();
            return made;
        } catch (RuntimeException failure) {
            made.close();
            throw failure;
        }
    }

    /** Without migration of replicas, since a master that gave its last slot away would become a replica. */
    private TestServer startNode() {
        int busPort = FreePort.choose();
        TestServer node = TestServers.start(
                Product.REDIS,
                ServerOptions.defaults()
                        .withArguments(
                                "--cluster-enabled",
                                "yes",
                                "--cluster-port",
                                String.valueOf(busPort),
                                "--cluster-node-timeout",
                                String.valueOf(nodeTimeout.toMillis()),
                                "--cluster-replica-validity-factor",
                                "0",
                                "--cluster-allow-replica-migration",
                                "no",
                                "--repl-diskless-sync-delay",
                                "0",
                                "--appendonly",
                                "yes"));
        busPorts.add(busPort);
        return node;
    }

    private void form() {
        for (int i = 0; i < MASTERS; i++) {
            TestServer master = masters.get(i);
            int first = SLOTS * i / MASTERS;
            int last = SLOTS * (i + 1) / MASTERS - 1;
            tell(master, "CLUSTER ADDSLOTSRANGE " + first + " " + last);
            tell(master, "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        List<TestServer> all = nodes();
        for (int i = 1; i < all.size(); i++) {
            meet(all.get(i), busPorts.get(i));
        }
        await("all nodes know each other", () -> all.stream().allMatch(node -> knows(node, all.size())));
        for (int i = 0; i < replicas.size(); i++) {
            tell(replicas.get(i), "CLUSTER REPLICATE " + id(masters.get(i % MASTERS)));
        }
        await("all nodes serve", () -> all.stream().allMatch(node -> info(node).contains("cluster_state:ok")));
        await(
                "the replicas follow",
                () -> all.stream().allMatch(this::knowsReplicas)
                        && replicas.stream().allMatch(RedisCluster::follows));
    }

    private void meet(TestServer node, int busPort) {
        tell(masters.get(0), "CLUSTER MEET " + node.host() + " " + node.port() + " " + busPort);
    }

    /** True if it knows so many by the names that they gave themselves. */
    private static boolean knows(TestServer node, int count) {
        List<String> known = lines(node);
        return known.size() == count
                && known.stream().allMatch(line -> line.contains(" connected") && !line.contains("handshake"));
    }

    private boolean knowsReplicas(TestServer node) {
        long known = lines(node).stream().filter(line -> line.contains("slave")).count();
        return known == replicas.size();
    }

    private static boolean follows(TestServer replica) {
        return String.join("", RedisSentinels.ask(replica, "INFO replication")).contains("master_link_status:up");
    }

    private static String info(TestServer node) {
        return String.join("", RedisSentinels.ask(node, "CLUSTER INFO"));
    }

    private static List<String> lines(TestServer node) {
        return Arrays.asList(
                String.join("", RedisSentinels.ask(node, "CLUSTER NODES")).split("\n"));
    }

    private static void await(String what, BooleanSupplier condition) {
        long giveUp = System.nanoTime() + FORM_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException("not within " + FORM_TIMEOUT + ": " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the cluster was waited for", interrupted);
            }
        }
    }

    // ---- its nodes

    /** The nodes that were started as masters. */
    public List<TestServer> masters() {
        return List.copyOf(masters);
    }

    /** The nodes that were started as replicas: first one for each master, in their order. */
    public List<TestServer> replicas() {
        return List.copyOf(replicas);
    }

    /** All nodes. */
    public List<TestServer> nodes() {
        var all = new ArrayList<>(masters);
        all.addAll(replicas);
        return all;
    }

    /** The URI of the cluster, for Cenote. */
    public String uri() {
        return masters.stream()
                .map(node -> node.host() + ":" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    /** Starts one more node, which has no slots, and waits until all know it. */
    public TestServer addMaster() {
        TestServer node = startNode();
        masters.add(node);
        meet(node, busPorts.get(busPorts.size() - 1));
        int count = nodes().size();
        await("all nodes know the new one", () -> nodes().stream().allMatch(each -> knows(each, count)));
        return node;
    }

    /** What the node calls itself. */
    public static String id(TestServer node) {
        return RedisSentinels.ask(node, "CLUSTER MYID").get(0);
    }

    /** The node that has the slot, as {@code asked} sees it. */
    public Optional<TestServer> owner(int slot, TestServer asked) {
        return lines(asked).stream()
                .filter(line -> has(line, slot))
                .flatMap(line -> nodes().stream()
                        .filter(node -> line.split(" ")[1].startsWith(node.host() + ":" + node.port() + "@")))
                .findFirst();
    }

    private static boolean has(String line, int slot) {
        return Arrays.stream(line.split(" "))
                .skip(8)
                .filter(word -> !word.startsWith("["))
                .anyMatch(range -> {
                    String[] ends = range.split("-");
                    return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
                });
    }

    // ---- moving slots

    /** Moves a slot with its keys, as a resharding does. */
    public void moveSlot(int slot, TestServer from, TestServer to) {
        beginMove(slot, from, to);
        while (moveKeys(slot, from, to, 20) > 0) {
            Thread.onSpinWait();
        }
        endMove(slot, from, to);
    }

    /** Opens the slot at both ends: of keys that {@code from} has not it says ASK from now on. */
    public void beginMove(int slot, TestServer from, TestServer to) {
        tell(to, "CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
        tell(from, "CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
    }

    /** Moves up to {@code most} keys of the slot; tells how many. */
    public int moveKeys(int slot, TestServer from, TestServer to, int most) {
        List<String> keys = RedisSentinels.ask(from, "CLUSTER GETKEYSINSLOT " + slot + " " + most);
        if (!keys.isEmpty()) {
            tell(from, "MIGRATE " + to.host() + " " + to.port() + " \"\" 0 5000 KEYS " + String.join(" ", keys));
        }
        return keys.size();
    }

    /** Gives the slot to {@code to}, which tells all others. */
    public void endMove(int slot, TestServer from, TestServer to) {
        tell(to, "CLUSTER SETSLOT " + slot + " NODE " + id(to));
        tell(from, "CLUSTER SETSLOT " + slot + " NODE " + id(to));
        masters.stream()
                .filter(node -> node != to && node != from && node.isRunning())
                .forEach(node -> tell(node, "CLUSTER SETSLOT " + slot + " NODE " + id(to)));
    }

    private static void tell(TestServer node, String command) {
        List<String> reply = RedisSentinels.ask(node, command);
        if (reply.isEmpty()) {
            throw new IllegalStateException(node + " refused " + command);
        }
    }

    @Override
    public void close() {
        nodes().forEach(TestServer::close);
    }
}
