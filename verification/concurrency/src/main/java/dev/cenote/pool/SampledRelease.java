package dev.cenote.pool;

import dev.cenote.protocols.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJL_Result;

/**
 * A lease whose use is measured, as one in so many is, is ended by two threads, one of which has just cleared the pool: its use is counted
 * once, and the next lease is none of the measured ones.
 */
@JCStressTest
@Outcome(
        id = "33, 1, sound",
        expect = Expect.ACCEPTABLE,
        desc = "the first, handed over, and the sampled one, which stands for 32")
@Outcome(expect = Expect.FORBIDDEN)
@State
public class SampledRelease {
    private final Rig rig = Rig.withUseTimes(1);
    private final Lease<Rig.Plain> sampled;

    public SampledRelease() {
        rig.engine.acquireAsync().join().close(); // the first turn
        for (int turn = 2; turn < PoolCore.SAMPLE; turn++) {
            rig.engine.tryAcquire().orElseThrow().close();
        }
        sampled = rig.engine.tryAcquire().orElseThrow();
    }

    @Actor
    public void close() {
        sampled.close();
    }

    @Actor
    public void clearAndClose() {
        rig.engine.clear();
        sampled.close();
    }

    @Arbiter
    public void look(JJL_Result result) {
        result.r1 = rig.engine.stats().uses().count();
        rig.engine.acquireAsync().join().close(); // handed over, and so counted as one
        result.r2 = rig.engine.stats().uses().count() - result.r1;
        result.r3 = rig.verdict();
    }
}
