package dev.cenote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolStats;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.RedisCluster;
import dev.cenote.testkit.servers.TestServer;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** What tests of a cluster have in common. */
final class ClusterFixture {
    private ClusterFixture() {}

    static RedisClusterPoolBuilder builder(RedisCluster cluster) {
        return RedisClusterPool.builder().uri(cluster.uri()).maxSize(4).operationTimeout(Duration.ofSeconds(10));
    }

    static HostAndPort address(TestServer server) {
        return new HostAndPort(server.host(), OptionalInt.of(server.port()));
    }

    /** The node that has the slot, as one that runs sees it. */
    static TestServer owner(RedisCluster cluster, int slot) {
        TestServer asked = cluster.nodes().stream()
                .filter(TestServer::isRunning)
                .findFirst()
                .orElseThrow();
        return cluster.owner(slot, asked).orElseThrow();
    }

    /** Keys of that node, each of a slot of its own. */
    static List<String> keysOf(RedisCluster cluster, TestServer node, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key:" + i)
                .filter(key -> owner(cluster, SlotHash.getSlot(key)) == node)
                .limit(count)
                .toList();
    }

    static TestServer another(RedisCluster cluster, TestServer node) {
        return cluster.masters().stream()
                .filter(other -> other != node)
                .findFirst()
                .orElseThrow();
    }

    /** Nothing is leased, no slot of any node's pool was lost, and none of an old node's pools is left. */
    static void assertAtRest(RedisClusterPool pool) {
        Consistency.until(pool, "all is returned", stats -> stats.leased() == 0 && stats.waiters() == 0);
        Awaitility.await("nodes that have left have no connections")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    PoolStats sum = pool.stats();
                    int live = pool.nodeStats().values().stream()
                            .mapToInt(PoolStats::size)
                            .sum();
                    assertThat(sum.size()).isEqualTo(live);
                });
        PoolStats sum = pool.stats();
        assertThat(sum.acquired()).as("acquired, of %s", sum).isEqualTo(sum.released());
        pool.nodePools().values().forEach(Consistency::assertAtRest);
    }
}
