package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Those who watch, each by a stream of server-sent events. A message is made once and queued for each, so that the slow
 * hold up neither the fast nor the pools.
 */
final class Streams {
    /** Each takes a thread. */
    static final int MOST_CLIENTS = 32;

    private final Set<Stream> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /** Serves a stream until it ends; false, with nothing sent, if there are too many. */
    boolean serve(HttpExchange exchange, Supplier<? extends JsonNode> hello) throws IOException {
        if (count.incrementAndGet() > MOST_CLIENTS) {
            count.decrementAndGet();
            return false;
        }
        var stream = new Stream(System::nanoTime);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            stream.offer(message("hello", hello.get()));
            clients.add(stream);
            if (!closed) {
                stream.write(exchange.getResponseBody());
            }
        } finally {
            clients.remove(stream);
            count.decrementAndGet();
        }
        return true;
    }

    boolean isEmpty() {
        return clients.isEmpty();
    }

    /** Sends that to everybody who watches. */
    void send(String event, JsonNode data) {
        if (!clients.isEmpty()) {
            byte[] message = message(event, data);
            clients.forEach(client -> client.offer(message));
        }
    }

    private static byte[] message(String event, JsonNode data) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(Json.bytes(data)); // has no line breaks
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Ends those that have not taken what was sent for long. */
    void dropSlow() {
        clients.forEach(Stream::endIfStuck);
    }

    /** Ends all. */
    void close() {
        closed = true;
        clients.forEach(Stream::end);
    }
}
