package dev.cenote.dashboard;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.PoolRegistry;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the interface tells, as it comes and on request. */
class StreamsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeDatabase database = new FakeDatabase();
    private final PoolRegistry registry = new PoolRegistry();
    private final FakePool pool = registry.register(
            FakePool.builder(database).name("orders").maxSize(3).build());
    private final Dashboard dashboard =
            Dashboard.builder().pools(registry).acquireEvents(true).start();

    @AfterEach
    void close() {
        dashboard.close();
        registry.close();
    }

    /** Reads one stream. */
    private final class Reader implements AutoCloseable {
        private final InputStream in;
        private final BufferedReader lines;

        Reader() throws IOException {
            in = stream();
            lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        private InputStream stream() throws IOException {
            var request = HttpRequest.newBuilder(dashboard.address().resolve("api/events"))
                    .header("Authorization", "Bearer " + RawHttp.token(dashboard))
                    .build();
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException();
            }
        }

        JsonNode until(String event, Predicate<JsonNode> wanted) throws IOException {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ") && name.equals(event)) {
                    JsonNode data = MAPPER.readTree(line.substring(6));
                    if (wanted.test(data)) {
                        return data;
                    }
                }
            }
            throw new IOException("the stream ended");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private JsonNode get(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.withToken(dashboard).get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        return MAPPER.readTree(answer.body());
    }

    @Test
    void theStreamTellsHowPoolsAreAndWhatHappens() throws IOException {
        try (var reader = new Reader()) {
            JsonNode hello = reader.until("hello", data -> true);
            assertThat(hello.get("readOnly").asBoolean()).isFalse();
            assertThat(hello.at("/pools/0/name").asText()).isEqualTo("orders");
            try (var lease = pool.acquire()) {
                assertThat(lease.isClosed()).isFalse();
                JsonNode events = reader.until("events", data -> data.toString().contains("AcquireSucceeded"));
                assertThat(events.get("name").asText()).isEqualTo("orders");
                JsonNode seen =
                        reader.until("pools", data -> data.at("/pools/0/leased").asInt() == 1);
                assertThat(seen.at("/pools/0/slots/0/state").asText()).isEqualTo("LEASED");
                assertThat(seen.at("/pools/0/database/system").asText()).isEqualTo("other_sql");
            }
            JsonNode sampled = reader.until("pools", data -> {
                pool.acquire().close(); // so that each second has one
                return data.at("/pools/0/sample/wait/count").asLong() > 0;
            });
            assertThat(sampled.at("/pools/0/sample/wait/p99Micros").asDouble()).isPositive();
        }
        assertAtRest(pool);
    }

    @Test
    void poolsComeAndGo() throws IOException {
        try (var reader = new Reader();
                var other = FakePool.builder(new FakeDatabase()).name("a/b c").build()) {
            registry.register(other);
            reader.until("pools", data -> data.get("pools").size() == 2);
            assertThat(get("/api/pools/a%2Fb%20c/report").get("pool").asText()).isEqualTo("a/b c");
            registry.unregister("a/b c");
            reader.until("pools", data -> data.get("pools").size() == 1);
            assertThat(RawHttp.withToken(dashboard)
                            .get("/api/pools/a%2Fb%20c/report")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void theReportNamesWhoHoldsAndWhoWaits() throws Exception {
        var leases = List.of(pool.acquire(), pool.acquire(), pool.acquire());
        var waiting = pool.acquireAsync();
        JsonNode report = get("/api/pools/orders/report");
        assertThat(report.get("holders")).hasSize(3);
        assertThat(report.at("/holders/0/thread").asText())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(report.get("waiters")).hasSize(1);
        assertThat(report.at("/waiters/0/asynchronous").asBoolean()).isTrue();
        assertThat(report.at("/health/status").asText()).isEqualTo("DEGRADED");
        waiting.cancel(true);
        leases.forEach(lease -> lease.close());
        assertAtRest(pool);
    }

    @Test
    void theHistoryIsThereForWhoComesLate() throws Exception {
        pool.acquire().close();
        try (var reader = new Reader()) {
            reader.until("pools", data -> data.at("/pools/0/sample/atMillis").asLong() > 0);
            reader.until("pools", data -> true);
        }
        JsonNode history = get("/api/pools/orders/history");
        assertThat(history.get("samples").size()).isGreaterThanOrEqualTo(2);
        assertThat(history.at("/events/0/type").asText()).isEqualTo("ConnectionCreated");
        assertThat(history.toString()).doesNotContain("AcquireSucceeded");
    }

    @Test
    void noMoreThanSoManyWatch() throws IOException {
        var readers = new ArrayList<Reader>();
        try {
            for (int i = 0; i < Streams.MOST_CLIENTS; i++) {
                var reader = new Reader();
                readers.add(reader);
                reader.until("hello", data -> true);
            }
            assertThat(RawHttp.withToken(dashboard).get("/api/events").status()).isEqualTo(503);
            assertThat(get("/api/pools").get("pools")).hasSize(1);
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void whoReadsNothingHoldsUpNobody() throws Exception {
        try (Socket deaf = RawHttp.withToken(dashboard).begin("GET", "/api/events", "");
                var reader = new Reader()) {
            for (int i = 0; i < 20_000; i++) {
                pool.acquire().close();
            }
            reader.until("pools", data -> data.at("/pools/0/totals/acquired").asLong() == 20_000);
            pool.acquire().close();
            JsonNode events = reader.until("events", data -> data.get("missed").asLong() >= 0);
            assertThat(events.get("events").size()).isLessThanOrEqualTo(801);
            assertThat(deaf.isClosed()).isFalse();
        }
        assertAtRest(pool);
    }
}
