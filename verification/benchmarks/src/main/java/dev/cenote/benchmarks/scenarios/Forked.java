package dev.cenote.benchmarks.scenarios;

import dev.cenote.benchmarks.report.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A scenario that measures each subject in a JVM of its own, so that none disturbs another. */
public abstract class Forked implements Scenario {
    abstract List<Case> cases(Effort effort);

    /** How many subjects are measured side by side: one, unless they do nothing but wait. */
    int sideBySide() {
        return 1;
    }

    /** How often each row is measured. */
    int rounds(Effort effort) {
        return effort.rounds();
    }

    /** System properties for the JVMs that measure. */
    Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public List<String> subjects() {
        return cases(Effort.FULL).stream()
                .flatMap(each -> each.subjects().stream())
                .distinct()
                .toList();
    }

    @Override
    public void run(Session session) throws Exception {
        for (int round = 1; round <= rounds(session.effort()); round++) {
            for (Case each : cases(session.effort())) {
                System.err.println(each.name() + ", round " + round);
                if (each.skipped().isPresent()) {
                    String reason = each.skipped().get();
                    session.sink().accept(new Measurement(name(), each.name(), "all", round, Map.of(), reason));
                } else {
                    run(session, each, round);
                }
            }
        }
    }

    /** Subjects take turns within a round, so that what else the machine does hits all of them. */
    private void run(Session session, Case each, int round) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(sideBySide());
        try {
            var running = new ArrayList<Future<List<Measurement>>>();
            for (String subject : session.wanted(each.subjects())) {
                var child = new Child(this, each.name(), subject, session.effort());
                running.add(executor.submit(() -> child.measure(round)));
            }
            for (Future<List<Measurement>> future : running) {
                future.get().forEach(session.sink());
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
