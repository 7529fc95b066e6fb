package dev.cenote.examples;

import dev.cenote.pool.AcquireSites;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import java.time.Duration;

/** Why callers wait, and for whom: in the error, and asked for. */
public final class DiagnosisExample {
    private static final System.Logger LOG = System.getLogger(DiagnosisExample.class.getName());

    private DiagnosisExample() {}

    /** A pool whose reports say where connections were acquired, and which reports leaks by itself. */
    public static PostgresPool pool(String uri) {
        return PostgresPool.builder()
                .uri(uri)
                .name("orders")
                .maxSize(2)
                .acquireTimeout(Duration.ofSeconds(1))
                .acquireSites(AcquireSites.ALL) // some microseconds for each acquire; SAMPLED costs less
                .leakThreshold(Duration.ofSeconds(30))
                .jmx(true) // dev.cenote:type=Pool,name="orders"
                .build();
    }

    /** What a program makes of it: the cause as a value, the rest as text for people. */
    public static String onTimeout(AcquireTimeoutException failure) {
        PoolReport report = failure.report();
        LOG.log(System.Logger.Level.WARNING, report.toString());
        return report.suspicion()
                .map(Suspicion::cause)
                .map(cause -> switch (cause) {
                    case SERVER_DOWN -> "try another server";
                    case POOL_TOO_SMALL, SLOW_QUERIES -> "ask for less";
                    case LEAK, NESTED_ACQUIRE -> "wake somebody up";
                })
                .orElse("try later");
    }
}
