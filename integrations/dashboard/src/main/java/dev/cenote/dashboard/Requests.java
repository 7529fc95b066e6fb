package dev.cenote.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests.
 *
 * <pre>
 * GET  /                                          the page and its parts; nothing of the pools, so without the token
 * GET  /api/pools                                 each pool as it is
 * GET  /api/pools/NAME/report                     who holds, who waits, and why
 * GET  /api/pools/NAME/history                    the last minutes, and what was told of them
 * GET  /api/events                                all of it as it comes, as server-sent events
 * POST /api/pools/NAME/pause|ready|clear|resize   changes the pool, answers with it as it is then
 * </pre>
 */
final class Requests implements HttpHandler {
    private static final System.Logger LOG = System.getLogger("dev.cenote.dashboard");
    private static final int MOST_BODY = 4096;

    private final Access access;
    private final DashboardOptions options;
    private final Watches watches;
    private final Streams streams;
    private final Reading reading;

    Requests(Access access, DashboardOptions options, Watches watches, Streams streams, Reading reading) {
        this.access = access;
        this.options = options;
        this.watches = watches;
        this.streams = streams;
        this.reading = reading;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        protect(exchange.getResponseHeaders());
        try (exchange) {
            try {
                route(exchange);
            } catch (Failure failure) {
                fail(exchange, failure.status, failure.reason);
            } catch (CenoteException failure) {
                fail(exchange, 409, CenoteException.describe(failure));
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "the dashboard could not answer a request", failure);
                fail(exchange, 500, "the dashboard could not answer; its log says why");
            }
        }
    }

    /** What a browser is told to allow on this page: its own files, and nothing else. */
    private static void protect(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'; trusted-types 'none'");
        headers.set("X-Frame-Options", "DENY");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
    }

    private void route(HttpExchange exchange) throws IOException {
        allow(access.ofHost(exchange));
        List<String> path = segments(exchange);
        if (path.isEmpty() || !path.get(0).equals("api")) {
            method(exchange, "GET");
            asset(exchange);
        } else if (path.equals(List.of("api", "pools"))) {
            reading(exchange);
            answer(exchange, 200, watches.snapshots(options.readOnly()));
        } else if (path.equals(List.of("api", "events"))) {
            reading(exchange);
            reading.unwatched(() -> follow(exchange));
        } else if (path.size() == 4 && path.get(1).equals("pools")) {
            pool(exchange, path.get(2), path.get(3));
        } else {
            throw new Failure(404, "there is no such path");
        }
    }

    private void follow(HttpExchange exchange) throws IOException {
        if (!streams.serve(exchange, watches.hello(options.readOnly()))) {
            throw new Failure(503, "no more than " + Streams.MOST_CLIENTS + " may watch at a time");
        }
    }

    private void pool(HttpExchange exchange, String name, String what) throws IOException {
        Optional<Change> change = Change.of(what);
        if (change.isPresent()) {
            // Before the method is looked at: who may not change anything learns nothing of what there is.
            allow(exchange.getRequestMethod().equals("POST") ? access.ofChange(exchange) : access.ofReading(exchange));
            method(exchange, "POST");
            Watch watch = watch(name);
            JsonNode body = body(exchange);
            try {
                reading.unwatched(() -> change.get().apply(watch.pool(), body));
            } catch (ConfigurationException wrong) {
                throw new Failure(400, CenoteException.describe(wrong));
            }
            LOG.log(System.Logger.Level.INFO, "from the dashboard: " + what + " of pool " + name);
            answer(exchange, 200, watch.snapshot());
            return;
        }
        reading(exchange);
        Watch watch = watch(name);
        switch (what) {
            case "report" -> answer(exchange, 200, Json.report(watch.pool().report()));
            case "history" -> answer(exchange, 200, watch.history());
            default -> throw new Failure(404, "there is no such path");
        }
    }

    private void reading(HttpExchange exchange) throws Failure {
        allow(access.ofReading(exchange));
        method(exchange, "GET");
    }

    private Watch watch(String name) throws Failure {
        return watches.find(name).orElseThrow(() -> new Failure(404, "there is no pool of that name"));
    }

    private static void allow(Access.@Nullable Refusal refusal) throws Failure {
        if (refusal != null) {
            throw new Failure(refusal.status(), refusal.reason());
        }
    }

    private static void method(HttpExchange exchange, String wanted) throws Failure {
        if (!exchange.getRequestMethod().equals(wanted)) {
            exchange.getResponseHeaders().set("Allow", wanted);
            throw new Failure(405, "method must be " + wanted);
        }
    }

    private static List<String> segments(HttpExchange exchange) {
        return Stream.of(exchange.getRequestURI().getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        if (bytes.length > MOST_BODY) {
            throw new Failure(413, "body must be at most " + MOST_BODY + " bytes");
        }
        try {
            JsonNode body = Json.read(bytes);
            if (body.isObject()) {
                return body;
            }
        } catch (IOException notJson) {
            // told below: what the parser says of it may repeat it
        }
        throw new Failure(400, "body must be a JSON object");
    }

    private static void asset(HttpExchange exchange) throws IOException {
        Asset asset = Asset.at(exchange.getRequestURI().getRawPath())
                .orElseThrow(() -> new Failure(404, "there is no such path"));
        send(exchange, 200, asset.type(), asset.bytes());
    }

    private static void answer(HttpExchange exchange, int status, JsonNode node) throws IOException {
        send(exchange, status, "application/json", Json.bytes(node));
    }

    private static void fail(HttpExchange exchange, int status, String reason) throws IOException {
        if (exchange.getResponseCode() != -1) {
            return; // the answer has begun
        }
        if (status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        answer(exchange, status, Json.error(Json.masked(reason)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Ends a request with a status and a reason; an I/O error so that it needs no clause on its way. */
    private static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        final int status;
        final String reason;

        Failure(int status, String reason) {
            super(reason);
            this.status = status;
            this.reason = reason;
        }
    }
}
