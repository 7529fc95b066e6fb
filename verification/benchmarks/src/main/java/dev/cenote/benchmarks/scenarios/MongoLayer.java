package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.servers.ServerCalls;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.List;

/** What Cenote costs on top of MongoDB's driver. */
public final class MongoLayer extends OnServers {
    /** Its name. */
    public static final String NAME = "mongo";

    /** Calls in a millisecond. */
    public static final String CALLS_PER_MS = Crowd.CYCLES;

    /** Processor time of the calling thread for each call; only of platform threads. */
    public static final String CPU = Crowd.CPU;

    /** The scenario. */
    public MongoLayer() {
        super(Product.MONGODB);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "findOne by key on loopback, of the stand-in for MongoDB in a JVM of its own, by callers that wait for each reply: by"
                + " pool.execute, on a lease of each call, and by the driver alone, all with " + ServerCalls.SIZE
                + " sockets. The driver has a deadline for each call, as Cenote gives it one, and none.";
    }

    @Override
    public List<Metric> metrics() {
        return CALLS;
    }

    @Override
    public String reference(String row) {
        return ServerCalls.MONGO_DRIVER;
    }

    @Override
    List<Case> cases(Effort effort) {
        var cases = new ArrayList<Case>();
        for (boolean virtual : new boolean[] {false, true}) {
            for (int callers : new int[] {1, 8, 64}) {
                String row = String.format("findOne, %d %s", callers, virtual ? "virtual" : "platform");
                cases.add(of(row, ServerCalls.FIND_ONE, Product.MONGODB, virtual, callers, effort));
            }
        }
        return cases;
    }

    /** All rows that there may be. */
    public static List<String> allRows() {
        return new MongoLayer().cases(Effort.FULL).stream().map(Case::name).toList();
    }
}
