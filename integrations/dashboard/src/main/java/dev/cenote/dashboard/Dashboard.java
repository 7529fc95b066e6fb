package dev.cenote.dashboard;

import com.sun.net.httpserver.HttpServer;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves a page that shows pools as they are and lets who has its token pause, clear and resize them. Runs from its start
 * until it is closed, on daemon threads of its own; no thread of a pool or a caller ever waits for it. Thread-safe.
 *
 * <p>By default it listens on the loopback address only, and tells nothing of the pools to who does not send its token.
 *
 * <pre>{@code
 * try (var dashboard = Dashboard.builder().pools(registry).port(8090).start()) {
 *     System.out.println(dashboard.uri()); // with the token: for whoever may use it
 *     ...
 * }
 * }</pre>
 */
public final class Dashboard implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.cenote.dashboard");

    /** How often listeners' mail is sent on; a multiple of it is how often pools are looked at. */
    private static final long FLUSH_MILLIS = 250;

    static final int MOST_THREADS = Streams.MOST_CLIENTS + 32;

    /** Requests that wait for a worker; the server leaves those beyond unanswered. */
    private static final int MOST_QUEUED = 1_024;

    private static final long READ_SECONDS = 10;
    private static final long CROWDED_READ_SECONDS = 1;

    private final DashboardOptions options;
    private final ScheduledExecutorService ticker;
    private final ThreadPoolExecutor workers;
    private final HttpServer server;
    private final Watches watches;
    private final Streams streams;
    private final Reading reading;

    private Dashboard(DashboardOptions options) throws IOException {
        this.options = options;
        this.server = HttpServer.create(new InetSocketAddress(options.bind(), options.port()), 0);
        this.ticker = Executors.newSingleThreadScheduledExecutor(daemons("cenote-dashboard-ticker"));
        this.workers = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_QUEUED),
                daemons("cenote-dashboard"));
        workers.allowCoreThreadTimeOut(true);
        this.reading = new Reading(
                System::nanoTime,
                TimeUnit.SECONDS.toNanos(READ_SECONDS),
                TimeUnit.SECONDS.toNanos(CROWDED_READ_SECONDS));
        this.streams = new Streams();
        this.watches = new Watches(options.pools(), options.acquireEvents(), streams);
        server.setExecutor(task -> workers.execute(reading.watch(task)));
        server.createContext(
                "/",
                new Requests(new Access(options, server.getAddress().getPort()), options, watches, streams, reading));
    }

    /** A builder; nothing is served before its {@link DashboardBuilder#start}. */
    public static DashboardBuilder builder() {
        return new DashboardBuilder();
    }

    /**
     * Listens and serves.
     *
     * @throws UncheckedIOException if it cannot listen there, as when the port is taken
     */
    static Dashboard start(DashboardOptions options) {
        try {
            var dashboard = new Dashboard(options);
            dashboard.run();
            return dashboard;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot listen on " + options.bind().getHostAddress() + ":" + options.port(), failure);
        }
    }

    private void run() {
        try {
            // The server's own thread is a daemon if the one that starts it is; so a forgotten dashboard keeps no JVM
            // alive.
            CompletableFuture.runAsync(server::start, ticker).join();
            CompletableFuture.runAsync(watches::tick, ticker).join();
        } catch (CompletionException failure) {
            close();
            throw failure.getCause() instanceof ConfigurationException known ? known : failure;
        }
        ticker.scheduleAtFixedRate(
                () -> reading.closeLate(!workers.getQueue().isEmpty()),
                FLUSH_MILLIS,
                FLUSH_MILLIS,
                TimeUnit.MILLISECONDS);
        ticker.scheduleAtFixedRate(watches::tickSafely, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        LOG.log(System.Logger.Level.INFO, "dashboard at " + address() + ", its token is not logged");
    }

    private static ThreadFactory daemons(String name) {
        var count = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Where the page is, with the token in the fragment, which a browser sends to nobody: for whoever may use it. Secret:
     * not for a log.
     */
    public URI uri() {
        return URI.create(address() + "#token=" + options.token());
    }

    /** Where the page is, without the token. */
    public URI address() {
        int port = server.getAddress().getPort();
        String host = options.bind().isAnyLocalAddress()
                ? options.allowedHosts().get(0)
                : DashboardOptions.literal(options.bind());
        return URI.create("http://" + (Access.hasPort(host) ? host : host + ":" + port) + "/");
    }

    /** Serves no more, and lets go of the pools, which stay as they are. Harmless when repeated. */
    @Override
    public void close() {
        ticker.shutdownNow();
        streams.close();
        server.stop(0);
        workers.shutdownNow();
        watches.close();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Dashboard[" + address() + "]";
    }
}
