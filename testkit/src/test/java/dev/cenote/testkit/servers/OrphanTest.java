package dev.cenote.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.servers.TestServers.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of servers whose JVM was killed: nothing. */
class OrphanTest {
    @ParameterizedTest
    @CsvSource({"REDIS, running", "REDIS, paused", "POSTGRES, running", "POSTGRES, paused"})
    void aKilledJvmLeavesNoProcessAndNoFolder(Product product, String state) throws Exception {
        String reason = product.unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        product.name(),
                        state)
                .redirectErrorStream(true)
                .start();
        try (var reader = parent.inputReader()) {
            String line = reader.readLine();
            assertThat(line).as("what the other JVM printed first").startsWith("processes ");
            List<Long> processes = Arrays.stream(line.substring(10).split(" "))
                    .map(Long::valueOf)
                    .toList();
            Path folder = Path.of("/proc/" + processes.get(0) + "/cwd").toRealPath();
            parent.destroyForcibly();
            assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(processes).noneMatch(OrphanTest::isAlive);
                assertThat(folder).matches(made -> Files.notExists(made.resolve("server.log")));
            });
        } finally {
            parent.destroyForcibly();
        }
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Starts a server, tells its processes, the server itself first, and waits to be killed. */
    static final class Launcher {
        public static void main(String[] arguments) throws Exception {
            TestServer server = TestServers.start(Product.valueOf(arguments[0]));
            if (arguments[1].equals("paused")) {
                server.pause();
            }
            try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
                System.out.println("processes "
                        + all.filter(Launcher::isServer)
                                .map(handle -> String.valueOf(handle.pid()))
                                .collect(Collectors.joining(" ")));
            }
            Thread.currentThread().join();
        }

        private static boolean isServer(ProcessHandle handle) {
            return handle.info().command().map(path -> !path.endsWith("sh")).orElse(true);
        }
    }
}
