package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.dashboard.RawHttp.Answer;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: what is refused changes nothing. */
class AccessTest {
    private static final List<String> CHANGES = List.of("pause", "ready", "clear", "resize");
    private static final String SIZES = "{\"minSize\":1,\"maxSize\":3}";

    private final FakePool pool =
            FakePool.builder(new FakeDatabase()).name("orders").maxSize(5).build();
    private Dashboard dashboard = Dashboard.builder().pool(pool).start();

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    private void restart(DashboardBuilder builder) {
        dashboard.close();
        dashboard = builder.pool(pool).start();
    }

    /** Each change is refused so, and none has taken place. */
    private void refused(int status, RawHttp request) throws IOException {
        for (String change : CHANGES) {
            Answer answer = request.post("/api/pools/orders/" + change, SIZES);
            assertThat(answer.status()).as(change).isEqualTo(status);
            assertThat(answer.body()).doesNotContain("generation").doesNotContain(RawHttp.token(dashboard));
        }
        assertUnchanged();
    }

    private void assertUnchanged() {
        assertThat(pool.stats().state()).isEqualTo(PoolState.READY);
        assertThat(pool.stats().generation()).isZero();
        assertThat(pool.stats().maxSize()).isEqualTo(5);
    }

    @Test
    void withTheTokenItIsDone() throws IOException {
        RawHttp request = RawHttp.withToken(dashboard).json();
        assertThat(request.post("/api/pools/orders/resize", SIZES).status()).isEqualTo(200);
        assertThat(pool.stats().maxSize()).isEqualTo(3);
        assertThat(request.post("/api/pools/orders/clear", "{}").status()).isEqualTo(200);
        assertThat(pool.stats().generation()).isEqualTo(1);
        assertThat(request.post("/api/pools/orders/pause", "{\"inUse\":\"ABORTED\"}")
                        .body())
                .contains("\"state\":\"PAUSED\"");
        assertThat(pool.stats().state()).isEqualTo(PoolState.PAUSED);
        assertThat(request.post("/api/pools/orders/ready", "{}").body()).contains("\"state\":\"READY\"");
        assertThat(pool.stats().state()).isEqualTo(PoolState.READY);
    }

    @Test
    void withoutTheTokenNothingIsDoneOrTold() throws IOException {
        refused(401, RawHttp.to(dashboard).json());
        for (String path :
                List.of("/api/pools", "/api/pools/orders/report", "/api/pools/orders/history", "/api/events")) {
            Answer answer = RawHttp.to(dashboard).get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.body()).doesNotContain("orders");
        }
    }

    @Test
    void aWrongTokenIsAsNone() throws IOException {
        String token = RawHttp.token(dashboard);
        for (String wrong : List.of(
                "Bearer ",
                "Bearer " + token.substring(1),
                "Bearer " + token + "x",
                "bearer " + token,
                "Basic " + token,
                token)) {
            refused(401, RawHttp.to(dashboard).json().with("Authorization", wrong));
        }
        refused(401, RawHttp.to(dashboard).json().with("Cookie", "token=" + token));
    }

    @Test
    void theTokenInTheAddressIsWorthNothing() throws IOException {
        String path = "/api/pools?token=" + RawHttp.token(dashboard);
        assertThat(RawHttp.to(dashboard).get(path).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://127.0.0.1.evil.example",
                "http://127.0.0.1:1",
                "null",
                "file://",
                "not an origin"
            })
    void whatComesFromAnotherOriginIsRefusedWithTheTokenToo(String origin) throws IOException {
        refused(403, RawHttp.withToken(dashboard).json().with("Origin", origin));
        assertThat(RawHttp.withToken(dashboard)
                        .with("Origin", origin)
                        .get("/api/pools")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void whatABrowserCallsForeignIsRefused(String site) throws IOException {
        refused(403, RawHttp.withToken(dashboard).json().with("Sec-Fetch-Site", site));
        assertThat(RawHttp.withToken(dashboard)
                        .with("Sec-Fetch-Site", site)
                        .get("/api/pools")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void itsOwnPageIsNoStranger() throws IOException {
        String own = "http://" + dashboard.address().getRawAuthority();
        RawHttp request =
                RawHttp.withToken(dashboard).json().with("Origin", own).with("Sec-Fetch-Site", "same-origin");
        assertThat(request.post("/api/pools/orders/clear", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:PORT",
                ""
            })
    void aForeignHostIsRefusedThePageItself(String host) throws IOException {
        String name = host.replace("PORT", String.valueOf(dashboard.address().getPort()));
        refused(403, RawHttp.withToken(dashboard).json().with("Host", name));
        assertThat(RawHttp.withToken(dashboard).with("Host", name).get("/").status())
                .isEqualTo(403);
        assertThat(RawHttp.withToken(dashboard)
                        .with("Host", name)
                        .get("/api/pools")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void loopbackHasThreeNames() throws IOException {
        for (String name : List.of("localhost", "127.0.0.1", "[::1]", "LocalHost")) {
            String host = name + ":" + dashboard.address().getPort();
            assertThat(RawHttp.withToken(dashboard)
                            .with("Host", host)
                            .get("/api/pools")
                            .status())
                    .as(name)
                    .isEqualTo(200);
        }
    }

    @Test
    void otherMethodsThanPostChangeNothing() throws IOException {
        for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            for (String change : CHANGES) {
                Answer answer = RawHttp.withToken(dashboard).json().send(method, "/api/pools/orders/" + change, SIZES);
                assertThat(answer.status()).as(method + " " + change).isEqualTo(405);
                assertThat(answer.header("Allow")).isEqualTo("POST");
                assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            }
        }
        assertUnchanged();
        assertThat(RawHttp.withToken(dashboard).json().post("/api/pools", "{}").status())
                .isEqualTo(405);
        assertThat(RawHttp.to(dashboard).post("/", "").status()).isEqualTo(405);
    }

    @Test
    void whatAFormCouldSendIsNoChange() throws IOException {
        refused(415, RawHttp.withToken(dashboard));
        refused(415, RawHttp.withToken(dashboard).with("Content-Type", "text/plain"));
        refused(415, RawHttp.withToken(dashboard).with("Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void aReadOnlyDashboardChangesNothing() throws IOException {
        restart(Dashboard.builder().readOnly(true));
        refused(403, RawHttp.withToken(dashboard).json());
        assertThat(RawHttp.withToken(dashboard).get("/api/pools").body()).contains("\"readOnly\":true");
    }

    @Test
    void openReadingOpensNothingElse() throws IOException {
        restart(Dashboard.builder().openReading(true));
        assertThat(RawHttp.to(dashboard).get("/api/pools").body()).contains("\"name\":\"orders\"");
        refused(401, RawHttp.to(dashboard).json());
        refused(403, RawHttp.to(dashboard).json().with("Origin", "http://evil.example"));
        assertThat(RawHttp.to(dashboard)
                        .with("Host", "evil.example")
                        .get("/api/pools")
                        .status())
                .isEqualTo(403);
        assertThat(RawHttp.to(dashboard)
                        .with("Sec-Fetch-Site", "cross-site")
                        .get("/api/pools")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void wrongBodiesAreToldAndChangeNothing() throws IOException {
        RawHttp request = RawHttp.withToken(dashboard).json();
        assertThat(request.post("/api/pools/orders/resize", "{\"minSize\":4,\"maxSize\":3}")
                        .status())
                .isEqualTo(400);
        for (String body :
                List.of("", "[]", "{", "{}", "{\"minSize\":0,\"maxSize\":1e9}", "{\"minSize\":\"1\",\"maxSize\":2}")) {
            assertThat(request.post("/api/pools/orders/resize", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(request.post("/api/pools/orders/clear", "{\"inUse\":\"EATEN\"}")
                        .body())
                .contains("inUse must be one of");
        assertThat(request.post("/api/pools/orders/clear", "{\"x\":\"" + "y".repeat(5_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertUnchanged();
    }

    @Test
    void unknownPathsAreNotFound() throws IOException {
        RawHttp request = RawHttp.withToken(dashboard).json();
        assertThat(request.get("/api/pools/none/report").status()).isEqualTo(404);
        assertThat(request.post("/api/pools/none/clear", "{}").status()).isEqualTo(404);
        assertThat(request.get("/api/pools/orders/secrets").status()).isEqualTo(404);
        assertThat(request.get("/api").status()).isEqualTo(404);
        for (String path :
                List.of("/module-info.class", "/../Dashboard.class", "/%2e%2e/Dashboard.class", "/uplot/", "/x")) {
            assertThat(request.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void everyAnswerTellsTheBrowserToTrustNobodyElse() throws IOException {
        for (String path : List.of("/", "/app.js", "/api/pools", "/none")) {
            Answer answer = RawHttp.withToken(dashboard).get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.body()).doesNotContain(RawHttp.token(dashboard));
        }
        assertThat(RawHttp.to(dashboard).get("/").body())
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void theTokenIsInTheFragmentOnly() {
        assertThat(dashboard.uri().getFragment()).matches("token=[A-Za-z0-9_-]{32}");
        assertThat(dashboard.address().getFragment()).isNull();
        assertThat(dashboard.toString()).doesNotContain(RawHttp.token(dashboard));
        String first = RawHttp.token(dashboard);
        restart(Dashboard.builder());
        assertThat(RawHttp.token(dashboard)).isNotEqualTo(first);
    }

    @Test
    void listeningEverywhereWantsNames() throws IOException {
        assertThatThrownBy(() -> Dashboard.builder().pool(pool).bind("0.0.0.0").start())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("allowedHosts must name the hosts");
        restart(Dashboard.builder().bind("0.0.0.0").allowedHosts("pools.example", "other.example:8080"));
        assertThat(dashboard.address()).hasHost("pools.example");
        int port = dashboard.address().getPort();
        for (String host : List.of("pools.example", "pools.example:1", "other.example:8080", "127.0.0.1:" + port)) {
            assertThat(request(port, host)).as(host).isEqualTo(200);
        }
        for (String host : List.of("other.example", "other.example:1", "evil.example")) {
            assertThat(request(port, host)).as(host).isEqualTo(403);
        }
    }

    private int request(int port, String host) throws IOException {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return Integer.parseInt(
                    new String(socket.getInputStream().readNBytes(12), java.nio.charset.StandardCharsets.US_ASCII)
                            .split(" ")[1]);
        }
    }

    @Test
    void wrongOptionsAreToldByName() {
        assertThatThrownBy(() -> Dashboard.builder().start()).hasMessage("pools must be given, were not");
        DashboardBuilder builder = Dashboard.builder().pool(pool);
        assertThatThrownBy(() -> builder.port(70_000).start())
                .hasMessage("port must be between 0 and 65535, was 70000");
        builder.port(0);
        assertThatThrownBy(() -> builder.token("short-secret").start())
                .hasMessageContaining("token must be at least 16")
                .hasMessageNotContaining("short-secret");
        builder.token("0123456789abcdef");
        assertThatThrownBy(() -> builder.allowedHosts("http://x/").start())
                .hasMessage("allowedHosts must be host or host:port each, one was http://x/");
        assertThatThrownBy(() -> Dashboard.builder()
                        .pool(pool)
                        .port(dashboard.address().getPort())
                        .start())
                .isInstanceOf(java.io.UncheckedIOException.class)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:" + dashboard.address().getPort());
    }

    @Test
    void onceClosedItServesNoMoreAndThePoolGoesOn() {
        dashboard.close();
        dashboard.close();
        assertThatThrownBy(() -> RawHttp.to(dashboard).get("/")).isInstanceOf(IOException.class);
        pool.acquire().close();
        assertUnchanged();
    }
}
