package dev.cenote.testkit.servers;

import dev.cenote.testkit.servers.TestServers.Product;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Redis master and its replica, watched by three sentinels that fail over within about two seconds. The master keeps
 * what it acknowledged when it is killed, so that one can see afterwards what its replica had not got.
 */
public final class RedisSentinels implements AutoCloseable {
    /** What the sentinels call the master. */
    public static final String MASTER = "cenote";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int SENTINELS = 3;

    private final List<TestServer> servers = new ArrayList<>();
    private final List<TestServer> sentinels = new ArrayList<>();

    private RedisSentinels() {}

    /** Starts all, and waits until every sentinel knows the replica and the other sentinels. */
    public static RedisSentinels start() {
        var made = new RedisSentinels();
        try {
            TestServer master = TestServers.start(
                    Product.REDIS,
                    ServerOptions.defaults().withArguments("--repl-diskless-sync-delay", "0", "--appendonly", "yes"));
            made.servers.add(master);
            made.servers.add(TestServers.start(
                    Product.REDIS,
                    ServerOptions.defaults()
                            .withArguments(
                                    "--repl-diskless-sync-delay",
                                    "0",
                                    "--replicaof",
                                    master.host(),
                                    String.valueOf(master.port()))));
            for (int i = 0; i < SENTINELS; i++) {
                var sentinel = new Sentinel(master);
                made.sentinels.add(sentinel);
                sentinel.start();
            }
            made.awaitAcquaintance();
            return made;
        } catch (RuntimeException failure) {
            made.close();
            throw failure;
        }
    }

    private void awaitAcquaintance() {
        long giveUp = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!sentinels.stream().allMatch(RedisSentinels::knowsAll)) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException("the sentinels did not get to know each other within " + START_TIMEOUT);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the sentinels started", interrupted);
            }
        }
    }

    private static boolean knowsAll(TestServer sentinel) {
        List<String> told = ask(sentinel, "SENTINEL MASTER " + MASTER);
        return told.contains("num-slaves")
                && told.get(told.indexOf("num-slaves") + 1).equals("1")
                && told.get(told.indexOf("num-other-sentinels") + 1).equals(String.valueOf(SENTINELS - 1));
    }

    /** The servers, the first master first. */
    public List<TestServer> servers() {
        return List.copyOf(servers);
    }

    /** The sentinels. */
    public List<TestServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /** The URI of the deployment, for Cenote. */
    public String uri() {
        return sentinels.stream()
                .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://", "/0?master=" + MASTER));
    }

    /** The server that is the master now, as the sentinels have it. */
    public TestServer master() {
        List<String> address = ask(sentinels.get(0), "SENTINEL GET-MASTER-ADDR-BY-NAME " + MASTER);
        return servers.stream()
                .filter(server ->
                        address.size() == 2 && String.valueOf(server.port()).equals(address.get(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the sentinels name no master, but " + address));
    }

    /** Has the sentinels fail over although the master is well: it becomes a replica. */
    public void failOver() {
        ask(sentinels.get(0), "SENTINEL FAILOVER " + MASTER);
    }

    /** The strings of the reply to a command; none if it is an error, or there is no reply. */
    public static List<String> ask(TestServer server, String command) {
        try (var socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            var strings = new ArrayList<String>();
            read(new DataInputStream(new BufferedInputStream(socket.getInputStream())), strings);
            return strings;
        } catch (IOException noReply) {
            return List.of();
        }
    }

    private static void read(DataInputStream in, List<String> strings) throws IOException {
        String head = line(in);
        switch (head.charAt(0)) {
            case '*' -> {
                for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
                    read(in, strings);
                }
            }
            case '$' -> {
                int length = Integer.parseInt(head.substring(1));
                if (length >= 0) {
                    strings.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                    line(in);
                }
            }
            case '+', ':' -> strings.add(head.substring(1));
            default -> throw new IOException(head);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        sentinels.forEach(TestServer::close);
        servers.forEach(TestServer::close);
    }

    /** One sentinel. */
    private static final class Sentinel extends RedisServer {
        private final TestServer master;

        Sentinel(TestServer master) {
            super(ServerOptions.defaults());
            this.master = master;
        }

        @Override
        void prepare(Path folder) throws IOException {
            Files.writeString(
                    folder.resolve("sentinel.conf"),
                    String.join(
                            "\n",
                            "bind " + host(),
                            "port " + port(),
                            "dir " + folder,
                            "sentinel monitor " + MASTER + " " + master.host() + " " + master.port() + " 2",
                            "sentinel down-after-milliseconds " + MASTER + " 500",
                            "sentinel failover-timeout " + MASTER + " 3000",
                            ""));
        }

        @Override
        List<String> command(Path folder) throws IOException {
            return List.of(executable(), folder.resolve("sentinel.conf").toString(), "--sentinel");
        }
    }
}
