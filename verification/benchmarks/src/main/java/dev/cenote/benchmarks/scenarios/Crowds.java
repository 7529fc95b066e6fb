package dev.cenote.benchmarks.scenarios;

import java.util.ArrayList;
import java.util.List;

/** Many threads with uses as long as a quick query. */
public final class Crowds extends Crowded {
    /** Its name. */
    public static final String NAME = "crowd";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "Many more threads than connections. The ideal is the longest wait of a queue in strict order: those who"
                + " wait x time of use / connections, with the time of use as measured.";
    }

    /** Rows whose use is as long as a query's: those that something is asked of. */
    public static List<String> rowsWithUse() {
        return List.of(
                row(true, 1_000, 10, true),
                row(true, 1_000, 50, true),
                row(true, 2_000, 10, true),
                row(true, 2_000, 50, true),
                row(false, 64, 10, true));
    }

    @Override
    List<Case> cases(Effort effort) {
        var cases = new ArrayList<Case>();
        cases.add(withUse(true, 1_000, 10, effort));
        cases.add(withUse(false, 64, 10, effort));
        if (effort != Effort.SMOKE) {
            cases.add(withUse(true, 2_000, 50, effort));
        }
        if (effort == Effort.FULL) {
            cases.add(withUse(true, 1_000, 50, effort));
            cases.add(withUse(true, 2_000, 10, effort));
            for (int threads : new int[] {1_000, 2_000}) {
                cases.add(withoutUse(true, threads, 10, effort));
                cases.add(withoutUse(true, threads, 50, effort));
            }
        }
        return cases;
    }
}
