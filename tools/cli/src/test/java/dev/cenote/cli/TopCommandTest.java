package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.dashboard.Dashboard;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String[] ONCE = {"--once", "--interval", "100ms"};

    private final FakePool pool = FakePool.builder(new FakeDatabase())
            .name("orders")
            .maxSize(2)
            .jmx(true)
            .build();

    @AfterEach
    void close() {
        pool.close();
    }

    private static Invocation top(String... arguments) {
        var all = new String[arguments.length + 1 + ONCE.length];
        all[0] = "top";
        System.arraycopy(ONCE, 0, all, 1, ONCE.length);
        System.arraycopy(arguments, 0, all, 1 + ONCE.length, arguments.length);
        return Invocation.of(all);
    }

    private void assertShown(String... source) throws Exception {
        assertThat(pool.acquire().isClosed()).isFalse(); // held until the pool is closed
        Invocation text = top(source);
        assertThat(text.err()).isEmpty();
        assertThat(text.status()).isEqualTo(ExitStatus.OK);
        assertThat(text.out()).contains("POOL", "WAIT P99").containsPattern("orders +ready +up +1/2 +0 +0 +0 +0");
        var withJson = java.util.Arrays.copyOf(source, source.length + 1);
        withJson[source.length] = "--json";
        JsonNode shown = MAPPER.readTree(top(withJson).out()).at("/pools/0");
        assertThat(shown.get("name").asText()).isEqualTo("orders");
        assertThat(shown.get("leased").asInt()).isEqualTo(1);
        assertThat(shown.get("acquired").asLong()).isEqualTo(1);
        assertThat(shown.get("acquiresPerSecond").asDouble()).isZero();
        pool.pause();
        Invocation paused = top(source);
        assertThat(paused.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(paused.out()).containsPattern("orders +paused +down").contains("pool orders is paused");
    }

    @Test
    void showsTheDashboardsPools() throws Exception {
        try (Dashboard dashboard = Dashboard.builder().pool(pool).start()) {
            assertShown("--http", dashboard.uri().toString());
            String token = dashboard.uri().getFragment().replace("token=", "");
            String address = dashboard.address().getAuthority();
            Invocation byToken = top("--http", address, "--token", token);
            assertThat(byToken.out()).contains("orders").doesNotContain(token);
            Invocation without = top("--http", address);
            assertThat(without.status()).isEqualTo(ExitStatus.UNUSABLE);
            assertThat(without.err()).contains("the dashboard wants its token");
        }
    }

    @Test
    void showsTheBeansOfAJvm() throws Exception {
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), Map.of(), ManagementFactory.getPlatformMBeanServer());
        server.start();
        try {
            assertShown("--jmx", server.getAddress().toString());
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRES", "REDIS"})
    void opensAPoolBesideTheServersOwnFigures(Product product) throws Exception {
        TestServer server = TestServers.shared(product);
        Invocation top = top("--json", server.uri());
        assertThat(top.err()).isEmpty();
        JsonNode shown = MAPPER.readTree(top.out());
        assertThat(shown.get("server").asText())
                .containsIgnoringCase(server.product())
                .contains("connections in use");
        assertThat(shown.at("/pools/0/acquired").asLong()).isPositive();
        assertThat(shown.at("/pools/0/health").asText()).isEqualTo("UP");
    }

    @Test
    void aServerThatIsNotThereIsShownAsDown() {
        Invocation top = top("redis://127.0.0.1:1?pool.acquireTimeout=200ms");
        assertThat(top.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(top.out()).contains("the server does not answer").contains("down");
    }

    @Test
    void wrongArgumentsAreToldByName() {
        assertThat(Invocation.of("top").err()).contains("one of URI, --http and --jmx must be given");
        assertThat(Invocation.of("top", "--jmx", "a:1", "redis://x").err()).contains("and only one");
        assertThat(Invocation.of("top", "--jmx", "nowhere").err()).contains("jmx must be HOST:PORT");
        assertThat(Invocation.of("top", "--http", "ftp://x/#token=geheim-geheim")
                        .err())
                .contains("http must be an address")
                .doesNotContain("geheim");
        assertThat(Invocation.of("top", "--interval", "1ms", "redis://x").err()).contains("interval must be >= 100 ms");
    }

    @Test
    void whoeverIsNotThereIsNamedInOneLine() {
        Invocation http = top("--http", "http://127.0.0.1:1");
        assertThat(http.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(http.err().strip())
                .isEqualTo("cenote: cannot connect to http://127.0.0.1:1/: is there a dashboard?");
        Invocation jmx = top("--jmx", "127.0.0.1:1");
        assertThat(jmx.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(jmx.err().strip())
                .startsWith("cenote: cannot connect to 127.0.0.1:1: ")
                .contains("Connection refused")
                .doesNotContain("\n");
    }

    @Test
    void noPasswordOfTheAddressIsShown() throws Exception {
        try (Dashboard dashboard = Dashboard.builder().pool(pool).start()) {
            String token = dashboard.uri().getFragment().replace("token=", "");
            String address = "http://bob:geheim@" + dashboard.address().getAuthority();
            assertThat(top("--http", address, "--token", token).out())
                    .contains("http://bob:***@", "orders")
                    .doesNotContain("geheim");
            assertThat(top("--http", address, "--token", token, "--json").out())
                    .contains("http://bob:***@", "orders")
                    .doesNotContain("geheim");
        }
        for (String wrong :
                new String[] {"http://bob:geheim@127.0.0.1:1", "http://bob:geheim#x@h", "ftp://b:geheim@h"}) {
            assertThat(top("--http", wrong).err()).contains("***@").doesNotContain("geheim");
        }
    }

    @Test
    @Timeout(60)
    void endsWhenNobodyReadsAnyMore() throws Exception {
        var brokenPipe = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        try (Dashboard dashboard = Dashboard.builder().pool(pool).start()) {
            int status = Main.commandLine()
                    .setOut(new PrintWriter(brokenPipe))
                    .execute(
                            "top",
                            "--interval",
                            "100ms",
                            "--http",
                            dashboard.uri().toString());
            assertThat(status).isEqualTo(ExitStatus.OK);
        }
    }

    @Test
    void noSignOfAPoolsSteersTheTerminal() throws Exception {
        try (FakePool steering = FakePool.builder(new FakeDatabase())
                        .name("x\u001b[2J\u009b1m\u202e\ny")
                        .build();
                Dashboard dashboard = Dashboard.builder().pool(steering).start()) {
            steering.pause();
            assertThat(top("--http", dashboard.uri().toString()).out())
                    .contains("x?[2J?1m? y")
                    .contains("pool x?[2J?1m? y is paused")
                    .doesNotContain("\u001b", "\u009b", "\u202e");
        }
    }

    @Test
    void theUserOfJmxNeedsAPassword() {
        assertThat(top("--jmx", "127.0.0.1:1", "--user", "bob").err())
                .contains("CENOTE_JMX_PASSWORD of the environment must hold the password of bob");
        assertThat(top("--user", "bob", "redis://x").err()).contains("user is for --jmx only");
    }
}
