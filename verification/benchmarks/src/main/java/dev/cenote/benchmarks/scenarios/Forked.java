package dev.cenote.benchmarks.scenarios;

import java.util.List;

/** A scenario that measures each subject in a JVM of its own. */
abstract class Forked implements Scenario {
    /** The same for every JVM that measures. */
    static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g");
}
