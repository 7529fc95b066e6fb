package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import dev.cenote.testkit.fakes.FakeConnection;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A release makes its slot idle and then looks at the gate; a waiter queues, which closes the gate, and then looks for an
 * idle slot. At least one of them sees the other.
 */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "lost wake-up: a waiter beside an idle slot")
@Outcome(
        id = {"true, false", "false, true", "true, true"},
        expect = Expect.ACCEPTABLE)
@State
public class ReleaseAgainstQueue {
    private final WaitQueue<FakeConnection> queue = new WaitQueue<>();
    private final Slot<FakeConnection> slot = new Slot<>();

    public ReleaseAgainstQueue() {
        slot.moveTo(SlotState.LEASED);
    }

    @Actor
    public void release(ZZ_Result result) {
        slot.moveTo(SlotState.IDLE);
        result.r1 = queue.gate() != 0;
    }

    @Actor
    public void queue(ZZ_Result result) {
        queue.add(new ParkedWaiter<>(0, Deadline.none()));
        result.r2 = slot.state() == SlotState.IDLE;
    }
}
