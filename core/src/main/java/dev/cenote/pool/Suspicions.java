package dev.cenote.pool;

import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Suspicion.Cause;
import dev.cenote.protocols.WaitingCaller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the figures of a moment why callers wait. All it knows is what was true at that moment, so that it suspects and
 * does not accuse: its evidence says which figures it goes by.
 *
 * <p>The measure is the longest wait. What a holder left unused for most of the time that somebody waited for it, it has most
 * likely forgotten. What is used, and came back less than {@value #TURNS} times meanwhile, is busy with something slow; what came
 * back more often, or within {@value #SHORT_MILLIS} ms, is merely asked for by too many. Where several reasons show, the one
 * that holds most connections comes first.
 *
 * @param stats the figures
 * @param holders who holds connections, longest first
 * @param waiters who waits, longest first
 * @param failure why connecting fails; null where it last succeeded, or failed for somebody who is gone
 * @param hanging for how long the oldest attempt to connect has gone on; zero if there is none, or others are open and it
 *     takes no longer than usual
 * @param leakThreshold after which an unused lease counts as a leak though nobody waits
 * @param coarseness by how much the holders' times may be wrong
 */
record Suspicions(
        PoolStats stats,
        List<Holder> holders,
        List<WaitingCaller> waiters,
        @Nullable ConnectFailure failure,
        Duration hanging,
        Duration leakThreshold,
        Duration coarseness) {
    private static final int TURNS = 4;
    private static final long SHORT_MILLIS = 100;

    /** What is suspected, what explains most first. */
    List<Suspicion> all() {
        var all = new ArrayList<Suspicion>();
        boolean exhausted = stats.leased() >= stats.maxSize();
        boolean waitedFor = exhausted && !waiters.isEmpty();
        int nested = waitedFor ? nestedHolds() : 0;
        List<Holder> idlers = idlers(waitedFor);
        if (nested > 0) {
            all.add(nested());
        }
        serverDown(exhausted).ifPresent(all::add);
        if (!idlers.isEmpty()) {
            int at = waitedFor && idlers.size() > nested ? 0 : all.size();
            all.add(at, leak(idlers, waitedFor));
        }
        if (waitedFor && (nested + idlers.size()) * 2 < stats.leased()) {
            all.add(0, busy()); // most connections are neither forgotten nor waited for by their own holders
        }
        return all;
    }

    /** How many connections those hold who wait for another. */
    private int nestedHolds() {
        return waiters.stream().mapToInt(WaitingCaller::holds).sum();
    }

    private Duration longestWait() {
        return waiters.isEmpty() ? Duration.ZERO : waiters.get(0).waited();
    }

    private Suspicion nested() {
        List<WaitingCaller> selves =
                waiters.stream().filter(waiter -> waiter.holds() > 0).toList();
        return new Suspicion(
                Cause.NESTED_ACQUIRE,
                selves.size() + " of the " + counted(waiters.size(), "caller") + " that " + verb(waiters.size(), "wait")
                        + " already " + verb(selves.size(), "hold") + " a connection of this pool, as " + selves.get(0)
                        + ": acquire once and hand the lease on, or let the nested call join the transaction");
    }

    private Optional<Suspicion> serverDown(boolean exhausted) {
        if (exhausted) {
            return Optional.empty(); // whoever waits, waits for a holder
        }
        if (failure != null) {
            return suspect(Cause.SERVER_DOWN, told(failure));
        }
        boolean hangs = !hanging.isZero() && hanging.compareTo(longestWait().dividedBy(2)) >= 0;
        if (hangs && stats.idle() == 0 && !waiters.isEmpty()) {
            String open = stats.leased() == 0
                    ? "no connection is open"
                    : counted(stats.leased(), "connection") + " of " + stats.maxSize() + " "
                            + (stats.leased() == 1 ? "is" : "are") + " leased, none is idle";
            return suspect(
                    Cause.SERVER_DOWN,
                    open + ", and connecting has not ended for " + hanging.toMillis()
                            + " ms: the server, or something before it, does not answer");
        }
        return Optional.empty();
    }

    /**
     * A server that says no is not one that cannot be reached. Which it was, the driver's exceptions tell: below what a
     * network did there is an IOException or a time-out. One of the JDK's own tells neither.
     */
    private static String told(ConnectFailure failure) {
        boolean reached = false;
        boolean isSilent = false;
        for (Throwable at = failure.error(); at != null; at = at.getCause()) {
            reached |= at.getClass().getName().startsWith("javax.net.ssl.");
            isSilent |= at instanceof IOException
                    || at instanceof TimeoutException
                    || at.getClass().getSimpleName().contains("Timeout");
        }
        if (isSilent) {
            return "connecting fails: " + failure
                    + (reached ? "" : ": the server, or something before it, does not answer");
        }
        boolean isOwn = failure.error().getClass().getName().startsWith("java.lang.");
        return (isOwn ? "connecting fails: " : "the server refuses connections: ") + failure;
    }

    private Duration unusedLimit(boolean waitedFor) {
        // Less than the whole wait: the holder may have got it as the wait began.
        Duration wait = longestWait().multipliedBy(3).dividedBy(4);
        Duration seen = coarseness.multipliedBy(2);
        Duration limit = wait.compareTo(seen) > 0 ? wait : seen;
        return waitedFor && limit.compareTo(leakThreshold) < 0 ? limit : leakThreshold;
    }

    /** Who has left a connection unused for long; of those that are waited for, only if they are many enough to be the reason. */
    private List<Holder> idlers(boolean waitedFor) {
        Duration limit = unusedLimit(waitedFor);
        List<Holder> idlers = holders.stream()
                .filter(holder -> !holder.running() && !isWaiting(holder))
                // What the driver's own object does is not seen: only its age tells.
                .filter(holder -> holder.unused().compareTo(holder.unwrapped() ? leakThreshold : limit) >= 0)
                .toList();
        return waitedFor && idlers.size() * 2 < holders.size() ? List.of() : idlers;
    }

    private Suspicion leak(List<Holder> idlers, boolean waitedFor) {
        Duration limit = unusedLimit(waitedFor);
        long ended = idlers.stream().filter(Holder::threadEnded).count();
        return new Suspicion(
                Cause.LEAK,
                idlers.size() + " of " + counted(holders.size(), "connection") + " held "
                        + (idlers.size() == 1 ? "has" : "have") + " not been used for " + limit.toMillis()
                        + " ms or more" + (ended > 0 ? ", " + ended + " by threads that have ended" : "")
                        + ", the longest by "
                        + who(idlers.get(0))
                        + ": close each lease, or do not hold it while waiting for something else");
    }

    /** Who holds it, and either what he runs or where he acquired it. */
    private static String who(Holder holder) {
        String what = holder.running()
                ? holder.lastOperation()
                        .map(operation -> " running " + operation)
                        .orElse("")
                : "";
        String where = what.isEmpty() && !holder.acquiredAt().isEmpty()
                ? ", acquired at " + holder.acquiredAt().get(0)
                : "";
        return holder.thread() + what + " for " + holder.age().toMillis() + " ms" + where;
    }

    private boolean isWaiting(Holder holder) {
        return waiters.stream()
                .anyMatch(waiter -> waiter.holds() > 0 && waiter.thread().equals(holder.thread()));
    }

    private Suspicion busy() {
        Duration typical = typicalUse();
        boolean slow = typical.toMillis() >= SHORT_MILLIS
                && typical.multipliedBy(TURNS).compareTo(longestWait()) >= 0;
        if (slow) {
            String longest = holders.isEmpty() ? "" : ", the longest by " + who(holders.get(0));
            return new Suspicion(
                    Cause.SLOW_QUERIES,
                    "all connections are busy, and a use takes " + typical.toMillis() + " ms" + longest
                            + ": look at what they run");
        }
        return new Suspicion(
                Cause.POOL_TOO_SMALL,
                "all " + counted(stats.maxSize(), "connection") + " are busy with uses of about "
                        + String.format("%.1f", typical.toNanos() / 1e6) + " ms, and " + stats.waiters()
                        + " callers wait: more is asked for than so many can do; raise maxSize if the server has room, or"
                        + " ask for less");
    }

    /** The median of the uses that were measured, or what holders have held so far where that is longer for certain. */
    private Duration typicalUse() {
        Distribution uses = stats.uses();
        Duration measured = uses.count() == 0 ? Duration.ZERO : uses.percentile(50);
        Duration running = holders.isEmpty()
                ? Duration.ZERO
                : holders.get(holders.size() / 2).age();
        // A use of a few milliseconds looks as long as the clock is coarse, if that has just ticked.
        boolean certain = uses.count() == 0 || running.compareTo(coarseness.multipliedBy(2)) >= 0;
        return !certain || measured.compareTo(running) > 0 ? measured : running;
    }

    private static Optional<Suspicion> suspect(Cause cause, String evidence) {
        return Optional.of(new Suspicion(cause, evidence));
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String verb(int count, String verb) {
        return count == 1 ? verb + "s" : verb;
    }
}
