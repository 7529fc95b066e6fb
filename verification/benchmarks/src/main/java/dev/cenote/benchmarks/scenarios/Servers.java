package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.servers.ServerCalls;
import dev.cenote.benchmarks.subjects.Subjects;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.ArrayList;
import java.util.List;

/** Real servers on loopback. */
public final class Servers extends OnServers {
    /** The scenario. */
    public Servers() {
        super(Product.POSTGRES, Product.REDIS);
    }

    @Override
    public String name() {
        return "servers";
    }

    @Override
    public String about() {
        return "One small question to a real server on loopback: acquire, ask, release. Pools of " + ServerCalls.SIZE
                + "; no-pool is one connection for each thread.";
    }

    @Override
    public List<Metric> metrics() {
        return CALLS;
    }

    @Override
    public String reference(String row) {
        return row.startsWith(ServerCalls.GET) ? "jedispool" : Subjects.REFERENCE;
    }

    @Override
    List<Case> cases(Effort effort) {
        var cases = new ArrayList<Case>();
        for (int threads : effort == Effort.FULL ? new int[] {1, 8, 32} : new int[] {1, 8}) {
            String by = threads == 1 ? ", 1 thread" : ", " + threads + " threads";
            cases.add(of(ServerCalls.SELECT + by, ServerCalls.SELECT, Product.POSTGRES, false, threads, effort));
            cases.add(of(ServerCalls.GET + by, ServerCalls.GET, Product.REDIS, false, threads, effort));
        }
        return cases;
    }
}
