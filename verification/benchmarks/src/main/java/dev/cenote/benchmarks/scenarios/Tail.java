package dev.cenote.benchmarks.scenarios;

import java.util.List;

/** How long one waits where threads outnumber connections and nobody uses them for long. */
public final class Tail extends Crowded {
    /** Its name. */
    public static final String NAME = "tail";

    /** Its row. */
    public static final String ROW = row(false, 32, 8, false);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "32 platform threads on 8 connections that nobody uses: how many cycles, and how long the unlucky wait.";
    }

    @Override
    List<Case> cases(Effort effort) {
        return List.of(withoutUse(false, 32, 8, effort));
    }
}
