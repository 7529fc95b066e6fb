package dev.cenote.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Distribution;
import dev.cenote.protocols.Figures;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Suspicion.Cause;
import dev.cenote.protocols.WaitingCaller;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What figures make the pool suspect. */
class SuspicionsTest {
    private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

    private static PoolStats exhausted(int size, int waiters) {
        return Figures.stats("db", size, 0, size, 0, waiters);
    }

    private static Holder unused(String thread, long millis) {
        return holder(thread, millis, false, millis);
    }

    private static Holder running(String thread, long millis) {
        return holder(thread, millis, true, 0);
    }

    private static Holder holder(String thread, long heldMillis, boolean running, long unusedMillis) {
        return new Holder(
                1,
                thread,
                false,
                Duration.ofMillis(heldMillis),
                Optional.of("query orders"),
                running,
                Duration.ofMillis(unusedMillis),
                false,
                List.of());
    }

    private static Holder unwrapped(String thread, long millis) {
        Duration held = Duration.ofMillis(millis);
        return new Holder(1, thread, false, held, Optional.empty(), false, held, true, List.of());
    }

    private static PoolStats withUsesOf(long nanos, PoolStats of) {
        var counts = new long[Distribution.BUCKETS];
        counts[Distribution.bucket(nanos)] = 100;
        Distribution uses = Distribution.of(counts, 100 * nanos, nanos);
        return Figures.stats("db", of.maxSize(), of.idle(), of.leased(), of.connecting(), of.waiters(), uses);
    }

    private static List<Suspicion> coarsely(PoolStats stats, List<Holder> holders, List<WaitingCaller> waiters) {
        return new Suspicions(stats, holders, waiters, null, Duration.ZERO, NEVER, Duration.ofMillis(250)).all();
    }

    private static List<WaitingCaller> waiting(long millis, int holds) {
        return List.of(new WaitingCaller("caller", false, Duration.ofMillis(millis), holds));
    }

    private static List<Suspicion> suspect(PoolStats stats, List<Holder> holders, List<WaitingCaller> waiters) {
        return suspect(stats, holders, waiters, null, Duration.ZERO, NEVER);
    }

    private static List<Suspicion> suspect(
            PoolStats stats,
            List<Holder> holders,
            List<WaitingCaller> waiters,
            @Nullable ConnectFailure failure,
            Duration hanging,
            Duration leakThreshold) {
        return new Suspicions(stats, holders, waiters, failure, hanging, leakThreshold, Duration.ZERO).all();
    }

    private static Cause only(List<Suspicion> suspicions) {
        assertThat(suspicions).hasSize(1);
        return suspicions.get(0).cause();
    }

    @Test
    void aPoolThatNobodyWaitsForIsNotSuspected() {
        assertThat(suspect(exhausted(2, 0), List.of(unused("a", 9_000), unused("b", 9_000)), List.of()))
                .isEmpty();
    }

    @Test
    void connectionsUnusedForMostOfTheWaitAreALeak() {
        List<Suspicion> suspicions =
                suspect(exhausted(2, 1), List.of(unused("a", 5_000), running("b", 5_000)), waiting(1_000, 0));
        assertThat(only(suspicions)).isEqualTo(Cause.LEAK);
        assertThat(suspicions.get(0).evidence())
                .startsWith(
                        "1 of 2 connections held has not been used for 750 ms or more, the longest by a for 5000 ms: ");
    }

    @Test
    void oneForgottenConnectionAmongManyBusyOnesIsNotWhyCallersWait() {
        List<Holder> holders = List.of(unused("a", 5_000), running("b", 900), running("c", 900));
        assertThat(only(suspect(exhausted(3, 1), holders, waiting(1_000, 0)))).isEqualTo(Cause.SLOW_QUERIES);
    }

    @Test
    void pastTheLeakThresholdALeakIsTheirsThoughNobodyWaits() {
        PoolStats stats = Figures.stats("db", 4, 3, 1, 0, 0);
        assertThat(only(suspect(
                        stats, List.of(unused("a", 5_000)), List.of(), null, Duration.ZERO, Duration.ofSeconds(4))))
                .isEqualTo(Cause.LEAK);
        assertThat(suspect(stats, List.of(unused("a", 3_000)), List.of(), null, Duration.ZERO, Duration.ofSeconds(4)))
                .isEmpty();
    }

    @Test
    void aCallerThatHoldsOneAlreadyIsNestedAndNoLeak() {
        List<Suspicion> suspicions = suspect(exhausted(1, 1), List.of(unused("caller", 5_000)), waiting(1_000, 1));
        assertThat(only(suspicions)).isEqualTo(Cause.NESTED_ACQUIRE);
        assertThat(suspicions.get(0).evidence())
                .startsWith(
                        "1 of the 1 caller that waits already holds a connection of this pool, as caller has waited for"
                                + " 1000 ms and holds 1 connection: ");
    }

    @Test
    void oneNestedCallerAmongManyDoesNotHideWhyTheOthersWait() {
        List<Holder> holders =
                List.of(unused("caller", 5_000), running("b", 5_000), running("c", 5_000), running("d", 900));
        List<WaitingCaller> waiters = List.of(
                new WaitingCaller("e", false, Duration.ofMillis(1_000), 0),
                new WaitingCaller("caller", false, Duration.ofMillis(900), 1));
        assertThat(suspect(exhausted(4, 2), holders, waiters))
                .extracting(Suspicion::cause)
                .containsExactly(Cause.SLOW_QUERIES, Cause.NESTED_ACQUIRE);
        List<Holder> forgotten =
                List.of(unused("caller", 5_000), unused("b", 5_000), unused("c", 5_000), running("d", 900));
        assertThat(suspect(exhausted(4, 2), forgotten, waiters))
                .extracting(Suspicion::cause)
                .containsExactly(Cause.LEAK, Cause.NESTED_ACQUIRE);
    }

    @Test
    void whatTheCoarseClockCannotSeeIsNoLeak() {
        List<Holder> holders = List.of(unused("a", 250), unused("b", 250));
        assertThat(coarsely(exhausted(2, 1), holders, waiting(200, 0)))
                .extracting(Suspicion::cause)
                .doesNotContain(Cause.LEAK);
        assertThat(only(coarsely(exhausted(2, 1), List.of(unused("a", 500), unused("b", 250)), waiting(200, 0))))
                .isEqualTo(Cause.LEAK);
    }

    @Test
    void whatTheDriversOwnObjectDoesIsNotKnownAndNoLeak() {
        List<Holder> holders = List.of(unwrapped("a", 5_000), unwrapped("b", 5_000));
        assertThat(only(suspect(exhausted(2, 1), holders, waiting(1_000, 0)))).isEqualTo(Cause.SLOW_QUERIES);
        assertThat(only(suspect(
                        exhausted(2, 1), holders, waiting(1_000, 0), null, Duration.ZERO, Duration.ofSeconds(4))))
                .as("past the threshold")
                .isEqualTo(Cause.LEAK);
        assertThat(holders.get(0))
                .hasToString(
                        "connection 1 held for 5000 ms by a, used by the driver's own object: when last is not known");
    }

    @Test
    void shortUsesAreNotSlowHoweverShortTheWaitIs() {
        PoolStats stats = withUsesOf(4_000_000, exhausted(2, 3));
        List<Holder> holders = List.of(running("a", 0), running("b", 0));
        assertThat(only(suspect(stats, holders, waiting(10, 0)))).isEqualTo(Cause.POOL_TOO_SMALL);
        List<Holder> ticked = List.of(running("a", 250), running("b", 250));
        assertThat(only(coarsely(stats, ticked, waiting(10, 0))))
                .as("the clock has just ticked")
                .isEqualTo(Cause.POOL_TOO_SMALL);
        List<Holder> stuck = List.of(running("a", 1_000), running("b", 1_000));
        assertThat(only(coarsely(stats, stuck, waiting(900, 0)))).isEqualTo(Cause.SLOW_QUERIES);
    }

    @Test
    void usesThatTakeAsLongAsTheWaitAreSlow() {
        List<Holder> holders = List.of(running("a", 2_000), running("b", 400));
        List<Suspicion> suspicions = suspect(exhausted(2, 1), holders, waiting(1_000, 0));
        assertThat(only(suspicions)).isEqualTo(Cause.SLOW_QUERIES);
        assertThat(suspicions.get(0).evidence())
                .contains("a use takes 400 ms", "the longest by a running query orders for 2000 ms");
    }

    @Test
    void shortUsesAndAQueueAreAPoolTooSmall() {
        var counts = new long[Distribution.BUCKETS];
        counts[Distribution.bucket(5_000_000)] = 100;
        PoolStats stats = Figures.stats("db", 2, 0, 2, 0, 40, Distribution.of(counts, 500_000_000, 5_000_000));
        List<Suspicion> suspicions = suspect(stats, List.of(running("a", 4), running("b", 1)), waiting(200, 0));
        assertThat(only(suspicions)).isEqualTo(Cause.POOL_TOO_SMALL);
        assertThat(suspicions.get(0).evidence()).contains("uses of about 5.0 ms, and 40 callers wait");
    }

    @Test
    void failingConnectsAreTheServers() {
        var refused = new ConnectFailure(new IOException("connection refused"), Duration.ofMillis(20), 7);
        PoolStats stats = Figures.stats("db", 4, 0, 0, 1, 3);
        List<Suspicion> suspicions = suspect(stats, List.of(), waiting(500, 0), refused, Duration.ofMillis(10), NEVER);
        assertThat(only(suspicions)).isEqualTo(Cause.SERVER_DOWN);
        assertThat(suspicions.get(0).evidence())
                .isEqualTo(
                        "connecting fails: connection refused (20 ms ago, 7 in a row): the server, or something before"
                                + " it, does not answer");
    }

    private static String failing(Exception error) {
        PoolStats stats = Figures.stats("db", 4, 0, 0, 1, 3);
        var failure = new ConnectFailure(error, Duration.ofMillis(20), 1);
        return suspect(stats, List.of(), waiting(500, 0), failure, Duration.ZERO, NEVER)
                .get(0)
                .evidence();
    }

    @Test
    void aServerThatAnswersRefuses() {
        assertThat(failing(new SQLException("too many clients")))
                .isEqualTo("the server refuses connections: too many clients (20 ms ago, 1 in a row)");
        assertThat(failing(new SQLException("the attempt failed", new ConnectException("refused"))))
                .startsWith("connecting fails: the attempt failed: refused (")
                .endsWith("does not answer");
        assertThat(failing(new SQLException("no TLS", new SSLException("certificate"))))
                .as("it did answer")
                .isEqualTo("connecting fails: no TLS: certificate (20 ms ago, 1 in a row)");
        assertThat(failing(new IllegalStateException("a hook's")))
                .as("nobody knows")
                .isEqualTo("connecting fails: a hook's (20 ms ago, 1 in a row)");
    }

    @Test
    void aConnectThatHangsForHalfTheWaitIsTheServersToo() {
        PoolStats stats = Figures.stats("db", 4, 0, 0, 2, 3);
        assertThat(only(suspect(stats, List.of(), waiting(500, 0), null, Duration.ofMillis(400), NEVER)))
                .isEqualTo(Cause.SERVER_DOWN);
        assertThat(suspect(stats, List.of(), waiting(500, 0), null, Duration.ofMillis(100), NEVER))
                .as("it may be slow")
                .isEmpty();
        PoolStats idle = Figures.stats("db", 4, 1, 1, 2, 3);
        assertThat(suspect(idle, List.of(running("a", 5)), waiting(500, 0), null, Duration.ofMillis(400), NEVER))
                .as("one is idle")
                .isEmpty();
    }

    @Test
    void connectsThatHangBesideALeasedConnectionAreTheServersToo() {
        PoolStats some = Figures.stats("db", 4, 0, 1, 3, 3);
        List<Suspicion> suspicions =
                suspect(some, List.of(running("a", 5)), waiting(500, 0), null, Duration.ofMillis(400), NEVER);
        assertThat(only(suspicions)).isEqualTo(Cause.SERVER_DOWN);
        assertThat(suspicions.get(0).evidence())
                .startsWith("1 connection of 4 is leased, none is idle, and connecting has not ended for 400 ms: ");
    }
}
