package dev.cenote.cli.demo;

import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Crashes PostgreSQL at a third of the time and silences Redis at two thirds, each for a tenth of it. */
final class Outages implements Runnable {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final DemoServers servers;
    private final Duration duration;
    private final CountDownLatch stop;
    private final Consumer<String> say;

    Outages(DemoServers servers, Duration duration, CountDownLatch stop, Consumer<String> say) {
        this.servers = servers;
        this.duration = duration;
        this.stop = stop;
        this.say = say;
    }

    @Override
    public void run() {
        try {
            Duration outage = duration.dividedBy(10).compareTo(LONGEST) < 0 ? duration.dividedBy(10) : LONGEST;
            stop.await(duration.dividedBy(3).toNanos(), TimeUnit.NANOSECONDS);
            disturb(Product.POSTGRES, "crashes", TestServer::kill, outage, "is started again", TestServer::start);
            stop.await(duration.dividedBy(3).minus(outage).toNanos(), TimeUnit.NANOSECONDS);
            disturb(Product.REDIS, "falls silent", TestServer::pause, outage, "speaks again", TestServer::resume);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void disturb(
            Product product,
            String breaks,
            Consumer<TestServer> breaking,
            Duration outage,
            String heals,
            Consumer<TestServer> healing)
            throws InterruptedException {
        Optional<TestServer> server = servers.embedded(product);
        if (server.isEmpty()) {
            say.accept("---- " + product + " was given by its URI: no outage");
            return;
        }
        say.accept("---- " + server.get().product() + " " + breaks);
        breaking.accept(server.get());
        try {
            stop.await(outage.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            // Always: the ledgers are read from a server that is well.
            healing.accept(server.get());
            say.accept("---- " + server.get().product() + " " + heals);
        }
    }
}
