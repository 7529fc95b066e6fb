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

/** A connection is returned on the fast path in the moment in which somebody begins to wait. */
@JCStressTest
@Outcome(id = "waits, .*", expect = Expect.FORBIDDEN, desc = "lost wake-up: a waiter beside an idle connection")
@Outcome(id = "got, sound", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class ReleaseAgainstQueue {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> quick;
    private CompletableFuture<Lease<Rig.Plain>> waiting;

    public ReleaseAgainstQueue() {
        rig.engine.acquireAsync().join().close();
        quick = rig.engine.tryAcquire().orElseThrow(); // not handed over: its release may take the fast path
    }

    @Actor
    public void release() {
        quick.close();
    }

    @Actor
    public void queue() {
        waiting = rig.engine.acquireAsync();
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = Rig.end(waiting) ? "got" : "waits";
        result.r2 = rig.verdict();
    }
}
