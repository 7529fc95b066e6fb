package dev.cenote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.testkit.servers.RedisCluster;
import dev.cenote.testkit.servers.RedisSentinels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done where a URI names a cluster, or sentinels. */
class RedisDeploymentsTest {
    private static final String[] QUICK = {
        "--json", "--sizes=1,2", "--callers=2", "--rounds=1", "--duration=500ms", "--warm-up=500ms"
    };

    private static void assertProbed(String uri, String role) throws Exception {
        Invocation probe = Invocation.of("probe", "--json", uri);
        assertThat(probe.err()).isEmpty();
        assertThat(probe.status()).isEqualTo(ExitStatus.OK);
        JsonNode found = new ObjectMapper().readTree(probe.out());
        assertThat(found.get("role").asText()).isEqualTo(role);
        assertThat(found.get("acceptsWrites").asBoolean()).isTrue();
        assertThat(found.get("roundTripMinMicros").asLong()).isPositive();
    }

    private static void assertMeasured(String uri, String... query) throws Exception {
        var arguments = new java.util.ArrayList<>(java.util.List.of("bench", uri));
        arguments.addAll(java.util.List.of(QUICK));
        arguments.addAll(java.util.List.of(query));
        Invocation bench = Invocation.of(arguments.toArray(String[]::new));
        assertThat(bench.status()).as(bench.err()).isIn(ExitStatus.OK, ExitStatus.FAILED);
        JsonNode points = new ObjectMapper().readTree(bench.out()).get("points");
        assertThat(points).hasSize(2);
        // Not at each size: on a busy machine one may see no call end in its time.
        assertThat(points.findValues("calls"))
                .anySatisfy(calls -> assertThat(calls.asLong()).isPositive());
        assertThat(points.findValues("failures"))
                .allSatisfy(failures -> assertThat(failures.asLong()).isZero());
    }

    @Test
    void aClusterIsProbedAndMeasured() throws Exception {
        try (RedisCluster cluster = RedisCluster.start()) {
            assertProbed(cluster.uri(), "primary in a cluster of 3");
            assertMeasured(cluster.uri());
            assertMeasured(cluster.uri(), "--query=GET key");
            Invocation writes = Invocation.of("bench", cluster.uri(), "--query=SET key value");
            assertThat(writes.status()).isEqualTo(ExitStatus.UNUSABLE);
            assertThat(writes.err()).startsWith("cenote: query must only read");
        }
    }

    @Test
    void theMasterOfSentinelsIsProbedAndMeasured() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            assertProbed(sentinels.uri(), "primary");
            assertMeasured(sentinels.uri(), "--query=GET key");
            String nobody = sentinels.uri().replace("master=" + RedisSentinels.MASTER, "master=nobody");
            assertThat(Invocation.of("probe", nobody).status()).isEqualTo(ExitStatus.UNUSABLE);
            Invocation bench = Invocation.of("bench", nobody);
            assertThat(bench.status()).isEqualTo(ExitStatus.UNUSABLE);
            assertThat(bench.err()).contains("nobody").doesNotContain("round 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis-cluster://127.0.0.1:1", "redis-sentinel://127.0.0.1:1?master=m"})
    void whatCannotBeReachedIsToldInOneLine(String uri) {
        for (String command : new String[] {"probe", "bench"}) {
            Invocation run = Invocation.of(command, uri);
            assertThat(run.status()).as(command).isEqualTo(ExitStatus.UNUSABLE);
            assertThat(run.err().strip())
                    .startsWith("cenote: cannot connect to " + uri)
                    .contains("Connection refused")
                    .doesNotContain("\n");
        }
    }
}
