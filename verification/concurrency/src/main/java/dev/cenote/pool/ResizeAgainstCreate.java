package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** The pool is made smaller in the moment in which a second connection is opened. */
@JCStressTest
@Outcome(id = "2, .*", expect = Expect.FORBIDDEN, desc = "a connection above the new maxSize is kept")
@Outcome(
        id = {"0, sound", "1, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class ResizeAgainstCreate {
    private final Rig rig = new Rig(2);
    private final Lease<Rig.Plain> first = rig.engine.acquireAsync().join();
    private CompletableFuture<Lease<Rig.Plain>> second;

    @Actor
    public void create() {
        second = rig.engine.acquireAsync();
    }

    @Actor
    public void resize() {
        rig.engine.resize(0, 1);
    }

    @Arbiter
    public void look(IL_Result result) {
        first.close();
        Rig.end(second);
        result.r1 = rig.open();
        result.r2 = rig.mostOpen() > 2 ? "more than ever allowed" : rig.verdict();
    }
}
