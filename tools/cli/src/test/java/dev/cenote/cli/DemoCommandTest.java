package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @Test
    void holdsItsLedgersThroughItsOutages(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("demo.json");
        Invocation demo = Invocation.of("demo", "--duration", "6s", "--threads", "4", "--json", file.toString());
        System.out.println(demo.out());
        assertThat(demo.err()).isEmpty();
        assertThat(demo.status()).isEqualTo(ExitStatus.OK);
        assertThat(demo.out())
                .contains(
                        "PostgreSQL crashes", "PostgreSQL is started again", "Redis falls silent", "Redis speaks again")
                .contains("All ledgers hold, no lease leaked.");
        var names = new ArrayList<String>();
        for (JsonNode backend : new ObjectMapper().readTree(file.toFile()).get("backends")) {
            names.add(backend.get("name").asText());
            assertThat(backend.get("operations").asLong()).isPositive();
            assertThat(backend.get("acknowledged").asLong()).isPositive();
            assertThat(backend.get("ledgerHolds").asBoolean()).isTrue();
            assertThat(backend.get("leaked").asLong()).isZero();
            assertThat(backend.get("stored").asLong())
                    .isBetween(
                            backend.get("acknowledged").asLong(),
                            backend.get("acknowledged").asLong()
                                    + backend.get("unknown").asLong());
            assertThat(backend.get("connectionsOpened").asLong()).isPositive();
            assertThat(backend.get("circuitOpened").asLong()).isNotNegative();
            assertThat(backend.get("acquireP99Micros").asLong()).isNotNegative();
            assertThat(backend.get("failures").asLong()).isNotNegative();
        }
        assertThat(names).containsExactly("postgres", "mariadb", "mongodb", "redis");
    }

    @Test
    void badArgumentsAreToldByName() {
        assertThat(Invocation.of("demo", "--duration", "1s").err()).contains("duration must be >= 2 s, was PT1S");
        assertThat(Invocation.of("demo", "--threads", "0").err()).contains("threads must be between 1 and 1000, was 0");
        assertThat(Invocation.of("demo", "--duration", "soon").status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(Invocation.of("demo", "--redis", "redis://127.0.0.1:1", "--duration", "2s")
                        .status())
                .isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void itsPoolsAreSeenOnTheDashboard() throws Exception {
        var out = new StringWriter();
        CompletableFuture<Integer> demo = CompletableFuture.supplyAsync(() -> Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("demo", "--dashboard", "--duration", "5s", "--threads", "2", "--no-outage"));
        Pattern address = Pattern.compile("Dashboard: (http://127\\.0\\.0\\.1:[0-9]+/)#token=([A-Za-z0-9_-]+)");
        var seen = new AtomicReference<JsonNode>();
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            Matcher found = address.matcher(out.toString());
            if (!found.find()) {
                return false;
            }
            var request = HttpRequest.newBuilder(URI.create(found.group(1) + "api/pools"))
                    .header("Authorization", "Bearer " + found.group(2))
                    .build();
            JsonNode pools = new ObjectMapper()
                    .readTree(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .get("pools");
            seen.set(pools);
            return pools.size() == 4;
        });
        assertThat(seen.get()).extracting(pool -> pool.get("name").asText()).contains("postgres", "mongodb", "redis");
        assertThat(demo.get(90, TimeUnit.SECONDS)).isEqualTo(ExitStatus.OK);
    }
}
