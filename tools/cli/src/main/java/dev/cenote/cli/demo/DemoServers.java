package dev.cenote.cli.demo;

import dev.cenote.testkit.servers.ServerOptions;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The servers of a demo: those that were given by URI, and the rest, which it starts and ends. */
final class DemoServers implements AutoCloseable {
    private final Map<Product, String> given;
    private final Map<Product, TestServer> embedded = new LinkedHashMap<>();
    private final PrintWriter out;

    DemoServers(Map<Product, String> given, PrintWriter out) {
        this.given = given;
        this.out = out;
    }

    /** Starts the server unless one was given; tells its URI. */
    String uri(Product product) {
        String external = given.get(product);
        if (external != null) {
            return external;
        }
        return embedded.computeIfAbsent(product, this::start).uri();
    }

    private TestServer start(Product product) {
        long start = System.nanoTime();
        TestServer server = TestServers.create(product, ServerOptions.defaults());
        server.start();
        out.printf(
                "started %-10s on port %5d in %,5d ms%n",
                server.product(), server.port(), (System.nanoTime() - start) / 1_000_000);
        out.flush();
        return server;
    }

    /** The server, if it is ours to disturb. */
    Optional<TestServer> embedded(Product product) {
        return Optional.ofNullable(embedded.get(product));
    }

    @Override
    public void close() {
        embedded.values().forEach(TestServer::close);
    }
}
