package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIL_Result;

/** An idle connection is acquired in the moment in which the pool is cleared. Whoever gets it, it is not used again. */
@JCStressTest
@Outcome(id = ".*, 1, .*", expect = Expect.FORBIDDEN, desc = "a connection of the old generation is kept")
@Outcome(
        id = {"got, 0, sound", "none, 0, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class ClearAgainstAcquire {
    private final Rig rig = new Rig(1);
    private Optional<Lease<Rig.Plain>> lease = Optional.empty();

    public ClearAgainstAcquire() {
        rig.engine.acquireAsync().join().close();
    }

    @Actor
    public void acquire() {
        lease = rig.engine.tryAcquire();
    }

    @Actor
    public void clear() {
        rig.engine.clear();
    }

    @Arbiter
    public void look(LIL_Result result) {
        result.r1 = lease.isPresent() ? "got" : "none";
        lease.ifPresent(Lease::close);
        result.r2 = rig.open();
        result.r3 = rig.verdict();
    }
}
