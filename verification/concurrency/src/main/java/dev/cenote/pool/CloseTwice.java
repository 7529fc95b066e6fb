package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two threads end one lease, and one of them acquires at once: the connection is not taken away from the next holder. */
@JCStressTest
@Outcome(id = "stolen, .*", expect = Expect.FORBIDDEN, desc = "the second close ended the next lease")
@Outcome(
        id = {"held, sound", "none, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class CloseTwice {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> lease;
    private Optional<Lease<Rig.Plain>> next = Optional.empty();

    public CloseTwice() {
        rig.engine.acquireAsync().join().close();
        lease = rig.engine.tryAcquire().orElseThrow();
    }

    @Actor
    public void closeAndAcquire() {
        lease.close();
        next = rig.engine.tryAcquire();
    }

    @Actor
    public void close() {
        lease.close();
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = next.map(held -> held.isClosed() ? "stolen" : "held").orElse("none");
        next.ifPresent(Lease::close);
        result.r2 = rig.verdict();
    }
}
