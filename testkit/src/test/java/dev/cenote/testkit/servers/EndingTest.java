package dev.cenote.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How servers end, and what must not be left of them. */
class EndingTest {
    private static void assumeAvailable(Product product) {
        String reason = product.unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Timeout(50)
    void aPausedServerCanBeStoppedAndStartsUnpaused(Product product) {
        assumeAvailable(product);
        try (TestServer server = TestServers.start(product)) {
            server.pause();
            server.stop();
            assertThat(server.isRunning()).isFalse();
            server.start();
            server.pause();
            server.resume();
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aPausedServerCanBeClosed(Product product) {
        assumeAvailable(product);
        TestServer server = TestServers.start(product);
        server.pause();
        server.close();
        assertThat(server.isRunning()).isFalse();
        server.close();
    }

    @Test
    void aClosedPostgresLeavesNoSharedMemory() throws Exception {
        assumeAvailable(Product.POSTGRES);
        Set<String> server;
        try (TestServer postgres = TestServers.start(Product.POSTGRES)) {
            server = Set.of(String.valueOf(((EmbeddedServer) postgres).pid()));
            assertThat(creatorsOfSharedMemory()).containsAll(server);
        }
        assertThat(creatorsOfSharedMemory()).doesNotContainAnyElementsOf(server);
    }

    /** Column five of every row but the heading. */
    private static Set<String> creatorsOfSharedMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .skip(1)
                .map(row -> row.strip().split("\\s+")[4])
                .collect(Collectors.toSet());
    }

    @Test
    void aServerThatCannotStartSaysWhyAndCanBeClosed() {
        assumeAvailable(Product.REDIS);
        try (TestServer server =
                TestServers.create(Product.REDIS, ServerOptions.defaults().withArguments("--no-such-option", "1"))) {
            assertThatThrownBy(server::start).rootCause().hasMessageContaining("no-such-option");
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void anInterruptedStartLeavesNoProcess() {
        assumeAvailable(Product.REDIS);
        try (TestServer server = TestServers.create(Product.REDIS, ServerOptions.defaults())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(server::start).rootCause().hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.isRunning()).isFalse();
            server.start();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void portsAreDistinctAndBelowThoseOfOutgoingConnections() throws Exception {
        int lowestOutgoing;
        // A buffered reader, because such a file gives all that it has to the first read, however short that is.
        try (var reader = Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
            lowestOutgoing = Integer.parseInt(reader.readLine().strip().split("\\s+")[0]);
        }
        List<Integer> ports = Stream.generate(FreePort::choose).limit(50).toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port < lowestOutgoing);
    }
}
