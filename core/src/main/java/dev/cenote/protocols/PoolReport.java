package dev.cenote.protocols;

import java.util.List;
import java.util.Optional;

/**
 * All that a pool can say of itself at one moment: why callers wait, and for whom. As text by {@link #toString}, for
 * programs by its parts. The parts are read one after another, without stopping the pool.
 *
 * @param stats the figures
 * @param health the grade, with its reason
 * @param suspicions what the figures suggest, what explains most first; empty if nobody waits for long
 * @param holders who holds connections, longest first
 * @param waiters who waits, longest first
 * @param lastConnectFailure why connecting failed last, unless it has succeeded since; it may be long ago, and is
 *     suspected only while connections are wanted
 */
public record PoolReport(
        PoolStats stats,
        Health health,
        List<Suspicion> suspicions,
        List<Holder> holders,
        List<WaitingCaller> waiters,
        Optional<ConnectFailure> lastConnectFailure) {
    private static final int SHOWN = 20;

    public PoolReport {
        suspicions = List.copyOf(suspicions);
        holders = List.copyOf(holders);
        waiters = List.copyOf(waiters);
    }

    /** What is most likely the reason why callers wait, if the figures suggest one. */
    public Optional<Suspicion> suspicion() {
        return suspicions.stream().findFirst();
    }

    /** Several lines for people: sizes, suspicions, holders with where they acquired, waiters. Tells no secret. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(health.status()).append(": ").append(health.reason()).append('\n');
        text.append("  leased ").append(stats.leased()).append(", idle ").append(stats.idle());
        text.append(", connecting ")
                .append(stats.connecting())
                .append(", maxSize ")
                .append(stats.maxSize());
        text.append(", waiters ")
                .append(Math.max(stats.waiters(), waiters.size()))
                .append('\n');
        suspicions.forEach(
                suspicion -> text.append("  suspected ").append(suspicion).append('\n'));
        lastConnectFailure.ifPresent(failure ->
                text.append("  last connect failure: ").append(failure).append('\n'));
        appendHolders(text);
        appendWaiters(text);
        return text.toString();
    }

    private void appendHolders(StringBuilder text) {
        holders.stream().limit(SHOWN).forEach(holder -> {
            text.append("  holder: ").append(holder).append('\n');
            holder.acquiredAt().stream()
                    .skip(1)
                    .limit(5)
                    .forEach(frame -> text.append("      at ").append(frame).append('\n'));
        });
        appendRest(text, holders.size(), "holders");
    }

    private void appendWaiters(StringBuilder text) {
        waiters.stream()
                .limit(SHOWN)
                .forEach(waiter -> text.append("  waiter: ").append(waiter).append('\n'));
        appendRest(text, waiters.size(), "waiters");
    }

    private static void appendRest(StringBuilder text, int size, String what) {
        if (size > SHOWN) {
            text.append("  and ")
                    .append(size - SHOWN)
                    .append(" more ")
                    .append(what)
                    .append('\n');
        }
    }
}
