package dev.cenote.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerLifecycleTest {
    private static TestServer start(Product product) {
        String reason = product.unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        return TestServers.start(product);
    }

    private static Socket connect(TestServer server) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(300);
        socket.connect(new InetSocketAddress(server.host(), server.port()), 2_000);
        return socket;
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aServerStartsStopsAndStartsAgainOnItsPort(Product product) throws Exception {
        try (TestServer server = start(product)) {
            assertThat(server.isRunning()).isTrue();
            connect(server).close();
            server.stop();
            assertThat(server.isRunning()).isFalse();
            assertThatThrownBy(() -> connect(server)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(server::pause)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("must be running");
            server.start();
            connect(server).close();
            server.kill();
            assertThatThrownBy(() -> connect(server)).isInstanceOf(ConnectException.class);
            server.start();
            connect(server).close();
        }
    }

    @Test
    void aPausedServerAcceptsAndNeverReplies() throws Exception {
        try (TestServer server = start(Product.REDIS)) {
            byte[] ping = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
            server.pause();
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write(ping);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                server.resume();
                socket.setSoTimeout(10_000);
                assertThat(socket.getInputStream().read()).isEqualTo('+');
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRES", "MARIADB", "MYSQL"})
    void sqlServersKeepTheirDataOverACrashAndAskForTheirPassword(Product product) throws Exception {
        String reason = product.unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        try (TestServer server =
                TestServers.start(product, ServerOptions.defaults().withPassword("open-sesame"))) {
            try (Connection connection = jdbc(server, "open-sesame")) {
                connection.createStatement().execute("create table kept (id int)");
                connection.createStatement().execute("insert into kept values (7)");
            }
            server.restart();
            try (Connection connection = jdbc(server, "open-sesame");
                    ResultSet rows = connection.createStatement().executeQuery("select id from kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
            assertThatThrownBy(() -> jdbc(server, "wrong")).isInstanceOf(SQLException.class);
            assertThat(server.toString()).doesNotContain("open-sesame");
        }
    }

    private static Connection jdbc(TestServer server, String password) throws SQLException {
        String scheme = server.product().equals("PostgreSQL")
                ? "postgresql"
                : server.product().equals("MySQL") ? "mysql" : "mariadb";
        String user = scheme.equals("postgresql") ? "postgres" : "root";
        String database = scheme.equals("postgresql") ? "postgres" : "test";
        String options = switch (scheme) {
            case "mysql" -> "?allowPublicKeyRetrieval=true&sslMode=DISABLED";
            case "mariadb" -> "?sslMode=disable";
            default -> "";
        };
        return DriverManager.getConnection(
                "jdbc:" + scheme + "://" + server.host() + ":" + server.port() + "/" + database + options,
                user,
                password);
    }

    @Test
    void aServerEndsWhenTheJvmThatStartedItIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphaned.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var reader = parent.inputReader()) {
            String line = reader.readLine();
            assertThat(line).as("what the other JVM printed first").startsWith("port ");
            int port = Integer.parseInt(line.substring(5));
            new Socket("127.0.0.1", port).close();
            parent.destroyForcibly();
            assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> {
                        try (var socket = new Socket("127.0.0.1", port)) {
                            return false;
                        } catch (ConnectException gone) {
                            return true;
                        }
                    });
        }
    }

    /** Starts Redis, tells its port, and waits to be killed. */
    static final class Orphaned {
        public static void main(String[] arguments) throws Exception {
            TestServer server = TestServers.start(Product.REDIS);
            System.out.println("port " + server.port());
            Thread.currentThread().join();
        }
    }
}
