package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That it runs and tells; what it recommends is {@code KneeRuleTest}'s, since figures of a busy machine are no facts. */
class BenchCommandTest {
    private static Invocation quick(Product product, String... more) {
        var arguments = new ArrayList<>(List.of(
                "bench",
                TestServers.shared(product).uri(),
                "--sizes=1,2,3",
                "--callers=4",
                "--duration=100ms",
                "--warm-up=10ms"));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRES", "MARIADB", "REDIS", "MONGODB"})
    void everyBackendHasACurve(Product product) throws Exception {
        Invocation run = quick(product, "--json", "--rounds=2");
        assertThat(run.status()).isIn(ExitStatus.OK, ExitStatus.FAILED);
        assertThat(run.err().lines()).hasSize(7).anyMatch(line -> line.startsWith("round 2 of 2  size "));
        JsonNode found = new ObjectMapper().readTree(run.out());
        assertThat(found.get("points")).hasSize(3);
        for (JsonNode point : found.get("points")) {
            assertThat(point.get("perSecond").asDouble()).isPositive();
            assertThat(point.get("perSecondByRound")).hasSize(2);
            assertThat(point.get("calls").asLong()).isPositive();
            assertThat(point.get("failures").asLong()).isZero();
            assertThat(point.get("callP99Micros").asLong())
                    .isGreaterThanOrEqualTo(point.get("callP50Micros").asLong());
        }
        assertThat(found.get("finding").asText()).isIn("knee", "flat", "callers", "rising", "noisy");
        assertThat(found.get("recommendedSize").isNull()).isEqualTo(run.status() == ExitStatus.FAILED);
        assertThat(found.get("reasons")).isNotEmpty();
    }

    @Test
    void peopleGetATableAPlotAndWords(@TempDir Path folder) {
        Path chart = folder.resolve("curve.svg");
        Invocation run =
                quick(Product.POSTGRES, "--query=select pg_sleep(0.001)", "--chart=" + chart, "--ascii", "--quiet");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("select pg_sleep(0.001), 4 callers, 3 rounds of 100 ms at each size")
                .contains("size   throughput     +/-  of best    call p50    call p99     use p99    failed")
                .contains("* calls per second")
                .contains("The server runs on this machine");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(chart).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POSTGRES|create table bench_wrote (id int)",
                "POSTGRES|delete from pg_class",
                "MARIADB|drop table bench_wrote",
                "REDIS|SET key value",
                "REDIS|CONFIG SET timeout 1",
                "REDIS|EVAL 'return 1' 0",
                "REDIS|FLUSHALL",
                "MONGODB|{insert: \"bench\", documents: [{a: 1}]}",
                "MONGODB|{aggregate: \"bench\", pipeline: [{$out: \"other\"}], cursor: {}}",
            })
    void whatMayWriteIsRefused(Product product, String query) {
        Invocation run = quick(product, "--query", query);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.err()).startsWith("cenote: query must only read unless --writes is given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REDIS|GET key",
                "REDIS|STRLEN 'a key'",
                "MONGODB|{find: \"users\", filter: {_id: 1}}",
                "MARIADB|select 1 + 1",
            })
    void whatReadsIsRun(Product product, String query) {
        Invocation run = quick(product, "--rounds=1", "--json", "--query", query);
        assertThat(run.status()).as(run.err()).isNotEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.out()).contains("\"failures\" : 0");
    }

    @Test
    void writesAreRunWhereTheyAreAskedFor() {
        Invocation run = quick(
                Product.REDIS, "--rounds=1", "--quiet", "--writes", "--query", "SET cenote:bench:written \"a value\"");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isNotEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void aSizeThatTheServerDoesNotGiveIsNamedWithItsReason() {
        Invocation run = quick(Product.POSTGRES, "--rounds=1", "--sizes=1,2,300");
        assertThat(run.err()).contains("cannot be opened: FATAL: sorry, too many clients already");
        assertThat(run.out()).contains("Size 300 could not be had: FATAL: sorry, too many clients already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--callers=0|callers must be between 1 and 1000, was 0",
                "--sizes=0|sizes must be between 1 and 1000, was 0",
                "--rounds=0|rounds must be between 1 and 100, was 0",
                "--tolerance=60|tolerance must be above 0 and below 50, was 60.0",
                "--duration=1ms|duration must be >= 100 ms, was PT0.001S",
                "--chart=x.gif|chart must end with .png or .svg, was x.gif",
                "--query=select * from no_such_table|no_such_table",
            })
    void whatIsWrongIsToldBeforeAnythingIsMeasured(String argument, String message) {
        Invocation run =
                Invocation.of("bench", TestServers.shared(Product.POSTGRES).uri(), argument);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.err()).contains(message).doesNotContain("round 1").doesNotContain("\tat ");
    }

    @Test
    void theServerIsLeftWithoutConnections() {
        TestServer server = TestServers.shared(Product.REDIS);
        assertThat(quick(Product.REDIS, "--rounds=1", "--quiet").out()).contains("size");
        assertThat(Thread.getAllStackTraces().keySet())
                .as("callers of %s", server)
                .noneMatch(thread -> thread.getName().startsWith("bench-") && thread.isAlive());
    }
}
