package dev.cenote.benchmarks.scenarios;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a scenario that is measured in one go, in a JVM of its own for each subject.
 *
 * @param name names it to that JVM; the row, unless it measures several
 * @param skipped why it cannot be measured here
 */
record Case(String name, List<String> subjects, Optional<String> skipped, Body body) {
    static Case of(String name, List<String> subjects, Body body) {
        return new Case(name, subjects, Optional.empty(), body);
    }

    /** This, unless virtual threads are wanted where there are none. */
    Case onVirtualThreads() {
        return VirtualThreads.exist() ? this : new Case(name, subjects, Optional.of("needs JDK 21"), body);
    }

    /** Measures one subject. */
    interface Body {
        /** The values by metric, by row. */
        Map<String, Map<String, Double>> measure(String subject) throws Exception;
    }
}
