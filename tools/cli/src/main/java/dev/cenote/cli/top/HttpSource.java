package dev.cenote.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dashboard's interface. */
final class HttpSource implements Source {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FRAGMENT = "token=";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final URI address;
    private final @Nullable String token;

    /** The token may be in the address, as a dashboard prints it. */
    HttpSource(String text, @Nullable String token) {
        URI uri = parse(text);
        String fragment = uri.getFragment();
        this.address = URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + "/");
        this.token = token != null || fragment == null || !fragment.startsWith(FRAGMENT)
                ? token
                : fragment.substring(FRAGMENT.length());
    }

    private static URI parse(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // told below, without its token
        }
        String shown = PoolUri.mask(text).replaceFirst("#.*", "");
        throw new ConfigurationException("http must be an address such as http://127.0.0.1:8090, was " + shown);
    }

    @Override
    public String name() {
        return PoolUri.mask(address.toString());
    }

    @Override
    public List<PoolRow> read() throws IOException {
        HttpResponse<byte[]> response = send();
        if (response.statusCode() == 401) {
            throw new ConfigurationException(
                    "the dashboard wants its token: give the address with #token=..., or --token");
        } else if (response.statusCode() != 200) {
            throw new IOException("the dashboard answered with status " + response.statusCode());
        }
        var rows = new ArrayList<PoolRow>();
        mapper.readTree(response.body()).path("pools").forEach(pool -> rows.add(row(pool)));
        return rows;
    }

    private HttpResponse<byte[]> send() throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve("api/pools")).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException nobody) {
            // The client's own words are those of its channels.
            throw new CenoteException("cannot connect to " + name() + ": is there a dashboard?", nobody);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static PoolRow row(JsonNode pool) {
        var suspicions = new ArrayList<String>();
        pool.path("suspicions")
                .forEach(each -> suspicions.add(each.path("words").asText() + ": "
                        + each.path("evidence").asText()));
        JsonNode totals = pool.path("totals");
        long failed = 0;
        for (JsonNode count : totals.path("failures")) {
            failed += count.asLong();
        }
        return new PoolRow(
                pool.path("name").asText(),
                pool.path("state").asText(),
                pool.at("/health/status").asText(),
                pool.at("/health/reason").asText(),
                new PoolRow.Sizes(
                        pool.path("leased").asInt(),
                        pool.path("idle").asInt(),
                        pool.path("connecting").asInt(),
                        pool.path("maxSize").asInt(),
                        pool.path("waiters").asInt()),
                new PoolRow.Totals(
                        totals.path("acquired").asLong(),
                        totals.path("timedOut").asLong(),
                        failed,
                        totals.path("created").asLong()),
                millis(pool.at("/sample/wait/p99Micros")),
                millis(pool.at("/sample/use/p99Micros")),
                Optional.of(pool.at("/circuit/state").asText()).filter(state -> !state.isEmpty()),
                suspicions);
    }

    private static Optional<Double> millis(JsonNode micros) {
        return micros.isNumber() ? Optional.of(micros.asDouble() / 1_000) : Optional.empty();
    }

    @Override
    public void close() {}
}
