package dev.cenote.benchmarks.scenarios;

import com.sun.management.OperatingSystemMXBean;
import dev.cenote.benchmarks.report.Metric;
import dev.cenote.benchmarks.subjects.PoolSpec;
import dev.cenote.benchmarks.subjects.Subject;
import dev.cenote.benchmarks.subjects.Subjects;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What waiting costs while nothing happens. */
public final class Waiting extends Forked {
    /** Its name. */
    public static final String NAME = "waiting";

    /** Many virtual threads wait. */
    public static final String VIRTUAL = "2,000 virtual threads wait for 10";

    /** Some platform threads wait. */
    public static final String PLATFORM = "200 platform threads wait for 10";

    /** Processor time. */
    public static final String CPU = "cpuMs";

    private static final int SIZE = 10;
    private static final int SETTLE_MILLIS = 1_500;
    private static final int MEASURED_MILLIS = 2_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "All connections are leased and nobody releases: processor time of the whole JVM over 2 s.";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.cost(CPU, "CPU, ms in 2 s"));
    }

    /** They do nothing but wait. */
    @Override
    int sideBySide() {
        return 4;
    }

    @Override
    List<Case> cases(Effort effort) {
        return List.of(of(VIRTUAL, true, 2_000).onVirtualThreads(), of(PLATFORM, false, 200));
    }

    private static Case of(String row, boolean virtual, int threads) {
        return Case.of(
                row,
                Crowded.waiters(),
                subject -> Map.of(row, Map.of(CPU, processorMillis(subject, virtual, threads))));
    }

    private static double processorMillis(String subject, boolean virtual, int threads) throws Exception {
        PoolSpec full = PoolSpec.fixed(SIZE);
        var spec = new PoolSpec(SIZE, SIZE, Duration.ofMinutes(1), full.server(), virtual);
        // Not closed: whoever waits goes with the JVM.
        Subject pool = Subjects.openFull(subject, spec);
        for (int i = 0; i < SIZE; i++) {
            pool.acquire();
        }
        for (int i = 0; i < threads; i++) {
            VirtualThreads.start(virtual, () -> {
                try {
                    pool.acquire();
                } catch (Exception ended) {
                    ended.printStackTrace();
                }
            });
        }
        Thread.sleep(SETTLE_MILLIS);
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        Thread.sleep(MEASURED_MILLIS);
        return (system.getProcessCpuTime() - before) / 1e6;
    }
}
