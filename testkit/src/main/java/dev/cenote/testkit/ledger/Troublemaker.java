package dev.cenote.testkit.ledger;

import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does harm to a server and to the network before it, at random by a seed, until told to stop; then heals both. */
final class Troublemaker implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(400);

    /** A way to do harm. */
    private record Trouble(String name, Runnable harm) {}

    private final TestServer server;
    private final FaultProxy proxy;
    private final Random random;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Trouble> troubles = new ArrayList<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private final Thread thread;

    private Troublemaker(TestServer server, FaultProxy proxy, long seed) {
        this.server = server;
        this.proxy = proxy;
        this.random = new Random(seed);
        add("cut in mid-reply", 3, proxy::cutMidReply);
        add("cut", 2, proxy::cut);
        add("reset", 2, proxy::reset);
        add("cut after some bytes", 2, () -> proxy.cutAfterReplyBytes(random.nextInt(2_000)));
        add("silence", 1, () -> {
            proxy.silence();
            rest(200 + random.nextInt(1_000));
            proxy.reset();
            proxy.heal();
        });
        add("refuse", 1, () -> {
            proxy.refuse();
            rest(100 + random.nextInt(500));
            proxy.heal();
        });
        add("pause", 1, () -> {
            server.pause();
            rest(100 + random.nextInt(1_400));
            server.resume();
        });
        if (server.keepsData()) {
            add("crash", 1, server::restart);
            add("restart", 1, () -> {
                server.stop();
                server.start();
            });
        }
        this.thread = new Thread(this::makeTrouble, "troublemaker");
    }

    static Troublemaker begin(TestServer server, FaultProxy proxy, long seed) {
        var maker = new Troublemaker(server, proxy, seed);
        maker.thread.start();
        return maker;
    }

    private void add(String name, int weight, Runnable harm) {
        for (int i = 0; i < weight; i++) {
            troubles.add(new Trouble(name, harm));
        }
    }

    private void makeTrouble() {
        while (!rest(QUIET.toMillis() / 2 + random.nextInt((int) QUIET.toMillis()))) {
            Trouble trouble = troubles.get(random.nextInt(troubles.size()));
            trouble.harm().run();
            done.merge(trouble.name(), 1, Integer::sum);
        }
    }

    /** Waits; true once it is to stop. */
    private boolean rest(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    /** How often each harm was done; once it was closed. */
    Map<String, Integer> done() {
        return done;
    }

    /** Stops, and makes the server and the network well again. */
    @Override
    public void close() {
        stopped.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        server.start();
        server.resume();
        proxy.heal();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
