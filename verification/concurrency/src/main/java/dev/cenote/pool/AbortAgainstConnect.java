package dev.cenote.pool;

import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** A connection is opened in the moment in which a clear gives up what is being opened: no place of it is lost. */
@JCStressTest
@Outcome(
        id = {"0, sound", "1, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class AbortAgainstConnect {
    private final Rig rig = new Rig(1);
    private volatile CompletableFuture<Lease<Rig.Plain>> acquired = new CompletableFuture<>();

    @Actor
    public void connect() {
        acquired = rig.engine.acquireAsync();
    }

    @Actor
    public void clear() {
        rig.engine.clear(InUse.ABORTED);
    }

    @Arbiter
    public void look(IL_Result result) {
        Rig.end(acquired);
        result.r1 = rig.open();
        result.r2 = rig.verdict();
        Rig.end(rig.engine.acquireAsync()); // the place serves the next
        if (rig.open() != 1) {
            result.r2 = "the place is lost";
        }
    }
}
