package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Two threads acquire the one idle connection: one of them gets it. */
@JCStressTest
@Outcome(id = "true, true, .*", expect = Expect.FORBIDDEN, desc = "one connection has two holders")
@Outcome(id = "false, false, .*", expect = Expect.FORBIDDEN, desc = "an idle connection that nobody gets")
@Outcome(
        id = {"true, false, sound", "false, true, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class TwoAcquires {
    private final Rig rig = new Rig(1);
    private Optional<Lease<Rig.Plain>> first = Optional.empty();
    private Optional<Lease<Rig.Plain>> second = Optional.empty();

    public TwoAcquires() {
        rig.engine.acquireAsync().join().close();
    }

    @Actor
    public void one() {
        first = rig.engine.tryAcquire();
    }

    @Actor
    public void other() {
        second = rig.engine.tryAcquire();
    }

    @Arbiter
    public void look(ZZL_Result result) {
        result.r1 = first.isPresent();
        result.r2 = second.isPresent();
        first.ifPresent(Lease::close);
        second.ifPresent(Lease::close);
        result.r3 = rig.verdict();
    }
}
