package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.servers.ServerCalls;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.List;

/** Redis through the shared lane and through leases, beside what Lettuce and Jedis offer. */
public final class RedisLanes extends OnServers {
    /** Its name. */
    public static final String NAME = "redis";

    /** Calls in a millisecond. */
    public static final String CALLS_PER_MS = Crowd.CYCLES;

    /** The scenario. */
    public RedisLanes() {
        super(Product.REDIS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "GET and SET on loopback by callers that wait for each reply: on one connection that all share (cenote-redis-shared,"
                + " lettuce-shared), on one of " + ServerCalls.SIZE
                + " that each call takes for itself (the others). Jedis pipelines nothing, has no future and no deadline.";
    }

    @Override
    public List<Metric> metrics() {
        return CALLS;
    }

    @Override
    public String reference(String row) {
        return ServerCalls.LETTUCE_SHARED;
    }

    @Override
    List<Case> cases(Effort effort) {
        var cases = new ArrayList<Case>();
        for (boolean virtual : new boolean[] {false, true}) {
            for (int callers : new int[] {1, 8, 64}) {
                for (String command : List.of("GET", "SET")) {
                    String row = String.format("%s, %d %s", command, callers, virtual ? "virtual" : "platform");
                    cases.add(of(row, command, Product.REDIS, virtual, callers, effort));
                }
            }
        }
        return cases;
    }

    /** All rows that there may be. */
    public static List<String> allRows() {
        return new RedisLanes().cases(Effort.FULL).stream().map(Case::name).toList();
    }
}
