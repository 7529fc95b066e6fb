package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.events.CloseReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZIL_Result;

/** The keeper marks a connection as one to be closed in the moment in which it is returned. */
@JCStressTest
@Outcome(id = "true, 1, .*", expect = Expect.FORBIDDEN, desc = "marked, and kept all the same")
@Outcome(
        id = {"true, 0, sound", "false, 1, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class DoomAgainstRelease {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> lease;
    private final Slot<Rig.Plain> slot;
    private final long word;

    public DoomAgainstRelease() {
        rig.engine.acquireAsync().join().close();
        lease = rig.engine.tryAcquire().orElseThrow();
        slot = rig.engine.core.slots[0];
        word = slot.word();
    }

    @Actor
    public void doom(ZIL_Result result) {
        result.r1 = slot.doom(word, CloseReason.EXPIRED);
    }

    @Actor
    public void release() {
        lease.close();
    }

    @Arbiter
    public void look(ZIL_Result result) {
        result.r2 = rig.open();
        result.r3 = rig.verdict();
    }
}
