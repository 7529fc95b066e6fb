package dev.cenote.pool;

import dev.cenote.testkit.fakes.FakeConnection;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** An acquire and a sweep (clear, close, resize) go for one idle slot: exactly one of them gets it. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "a holder of a connection that is closed")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "an idle slot that nobody can get")
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE)
@State
public class AcquireAgainstSweep {
    private final Slot<FakeConnection> slot = new Slot<>();

    public AcquireAgainstSweep() {
        slot.moveTo(SlotState.IDLE);
    }

    @Actor
    public void acquire(ZZ_Result result) {
        result.r1 = slot.move(SlotState.IDLE, SlotState.LEASED);
    }

    @Actor
    public void sweep(ZZ_Result result) {
        result.r2 = slot.move(SlotState.IDLE, SlotState.CLOSING);
    }
}
