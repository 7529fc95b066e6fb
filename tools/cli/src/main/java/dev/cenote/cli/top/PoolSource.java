package dev.cenote.cli.top;

import dev.cenote.Pools;
import dev.cenote.cli.probe.Questions;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.PolicyStats.CircuitStats;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.List;
import java.util.Optional;

/** A pool that is opened for it, which asks its server each time how many connections that has. */
final class PoolSource implements Source {
    private final PoolUri uri;
    private final String shown;
    private final Pool<?> pool;

    PoolSource(String text) {
        this.uri = PoolUri.parse(text);
        this.shown = PoolUri.mask(text);
        this.pool = Pools.open(text);
        pool.addListener(new UseTimes());
    }

    /** Has the pool measure how long leases are held. */
    private static final class UseTimes implements PoolListener {
        @Override
        public void onEvent(PoolEvent event) {}

        @Override
        public boolean wantsAcquires() {
            return false;
        }

        @Override
        public boolean wantsUseTimes() {
            return true;
        }
    }

    @Override
    public String name() {
        return shown;
    }

    @Override
    public Optional<String> server() {
        try {
            return Optional.of(Questions.connectionsInWords(pool, uri));
        } catch (CenoteException unreachable) {
            return Optional.of("the server does not answer: " + CenoteException.describe(unreachable));
        }
    }

    @Override
    public List<PoolRow> read() {
        PoolReport report = pool.report();
        PoolStats stats = report.stats();
        return List.of(new PoolRow(
                stats.pool(),
                stats.state().name(),
                report.health().status().name(),
                report.health().reason(),
                new PoolRow.Sizes(stats.leased(), stats.idle(), stats.connecting(), stats.maxSize(), stats.waiters()),
                new PoolRow.Totals(
                        stats.acquired(),
                        stats.timedOut(),
                        stats.failures().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        stats.created()),
                p99(stats.waits()),
                p99(stats.uses()),
                stats.policies().circuit().map(CircuitStats::state).map(CircuitState::name),
                report.suspicions().stream().map(Suspicion::toString).toList()));
    }

    private static Optional<Double> p99(Distribution distribution) {
        return distribution.count() == 0
                ? Optional.empty()
                : Optional.of(distribution.percentile(99).toNanos() / 1e6);
    }

    @Override
    public void close() {
        pool.close();
    }
}
