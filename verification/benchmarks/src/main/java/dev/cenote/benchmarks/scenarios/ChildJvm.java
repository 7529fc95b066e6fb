package dev.cenote.benchmarks.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;

/** The JVMs that measure: all have the same options. */
final class ChildJvm {
    private ChildJvm() {}

    static List<String> options() {
        var options = new ArrayList<>(List.of(
                "-Xms1g",
                "-Xmx1g",
                "-Dcom.mchange.v2.log.MLog=com.mchange.v2.log.FallbackMLog",
                "-Dcom.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL=OFF"));
        if (Runtime.version().feature() >= 24) {
            // JMH and some peers use what newer JDKs warn of.
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    /** Stack traces of failed connects, wanted here, would be what is measured. */
    static void silenceLogs() {
        LogManager.getLogManager().reset();
    }
}
