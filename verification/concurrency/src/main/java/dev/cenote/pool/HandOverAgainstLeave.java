package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import dev.cenote.testkit.fakes.FakeConnection;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A waiter is given a slot in the moment in which it leaves: exactly one of the two wins. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "it has a slot and has gone: the slot leaks")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "nobody won: the waiter waits for ever")
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE)
@State
public class HandOverAgainstLeave {
    private final Waiter<FakeConnection> waiter = new ParkedWaiter<>(0, Deadline.none());
    private final Slot<FakeConnection> slot = new Slot<>();

    @Actor
    public void give(ZZ_Result result) {
        result.r1 = waiter.give(slot);
    }

    @Actor
    public void leave(ZZ_Result result) {
        result.r2 = waiter.leave();
    }
}
