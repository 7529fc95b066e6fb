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

/** A connection is returned for a waiter in the moment in which that waiter is cancelled. */
@JCStressTest
@Outcome(
        id = {"got, sound", "cancelled, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "the connection leaks, or the waiter stays")
@State
public class HandOffAgainstCancel {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> held = rig.engine.acquireAsync().join();
    private final CompletableFuture<Lease<Rig.Plain>> waiting = rig.engine.acquireAsync();

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void cancel() {
        waiting.cancel(false);
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = Rig.end(waiting) ? "got" : "cancelled";
        result.r2 = rig.verdict();
    }
}
