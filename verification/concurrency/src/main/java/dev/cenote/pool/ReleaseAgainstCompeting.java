package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Passing is allowed, and a connection is returned in the moment in which a thread begins to wait. */
@JCStressTest
@Outcome(id = "sleeps, .*", expect = Expect.FORBIDDEN, desc = "lost wake-up: a sleeper beside an idle connection")
@Outcome(
        id = {"awake, sound", "given, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class ReleaseAgainstCompeting {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> quick;
    private final Waiter<Rig.Plain> waiter = new ParkedWaiter<>(0, Deadline.none());

    public ReleaseAgainstCompeting() {
        rig.engine.acquireAsync().join().close();
        rig.engine.core.queue.setOrdered(false);
        quick = rig.engine.tryAcquire().orElseThrow();
    }

    @Actor
    public void release() {
        quick.close();
    }

    @Actor
    public void queue() {
        rig.engine.core.dispatcher.enqueue(waiter);
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = Sleepers.end(rig, waiter);
        result.r2 = rig.verdict();
    }
}
