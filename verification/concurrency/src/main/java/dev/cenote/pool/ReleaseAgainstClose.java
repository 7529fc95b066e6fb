package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** A connection is returned in the moment in which the pool is closed. */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.FORBIDDEN, desc = "the connection stays open in a closed pool")
@Outcome(id = "0, sound", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class ReleaseAgainstClose {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> held;

    public ReleaseAgainstClose() {
        rig.engine.acquireAsync().join().close();
        held = rig.engine.tryAcquire().orElseThrow();
    }

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void close() {
        rig.engine.close();
    }

    @Arbiter
    public void look(IL_Result result) {
        result.r1 = rig.open();
        result.r2 = rig.verdict();
    }
}
