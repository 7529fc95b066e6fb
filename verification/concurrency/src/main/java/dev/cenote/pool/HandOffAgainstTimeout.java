package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A connection is returned for a waiter in the moment in which that waiter's time is over. */
@JCStressTest
@Outcome(
        id = {"got, sound", "timed out, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "the connection leaks, or the waiter stays")
@State
public class HandOffAgainstTimeout {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> held = rig.engine.acquireAsync().join();
    private final CompletableFuture<Lease<Rig.Plain>> waiting = rig.engine.acquireAsync();

    public HandOffAgainstTimeout() {
        rig.endTime();
    }

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void timeOut() {
        rig.engine.core.dispatcher.locked(rig.engine.core.dispatcher::wakeExpired);
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = !waiting.isDone() ? "waits" : Rig.end(waiting) ? "got" : "timed out";
        result.r2 = rig.verdict();
    }
}
