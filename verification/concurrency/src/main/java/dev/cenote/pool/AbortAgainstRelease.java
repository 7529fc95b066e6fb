package dev.cenote.pool;

import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** A connection is returned in the moment in which a clear aborts it: it is closed once, and its slot freed once. */
@JCStressTest
@Outcome(id = "1, .*", expect = Expect.FORBIDDEN, desc = "what was aborted is kept")
@Outcome(id = "0, sound", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class AbortAgainstRelease {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> held;

    public AbortAgainstRelease() {
        rig.engine.acquireAsync().join().close();
        held = rig.engine.tryAcquire().orElseThrow();
    }

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void clear() {
        rig.engine.clear(InUse.ABORTED);
    }

    @Arbiter
    public void look(IL_Result result) {
        result.r1 = rig.open();
        result.r2 = rig.verdict();
    }
}
