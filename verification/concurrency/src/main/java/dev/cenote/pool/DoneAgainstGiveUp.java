package dev.cenote.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A worker has done its task in the moment in which the keeper gives it up: exactly one decides what becomes of the slot. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "both decide: a slot freed twice")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "nobody decides: a slot lost")
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE)
@State
public class DoneAgainstGiveUp {
    private final Slot.Task task = new Slot.Task(Slot.Kind.VALIDATE, 0, 0);
    private final Slot<Rig.Plain> slot = new Slot<>(null);

    public DoneAgainstGiveUp() {
        slot.task = task;
    }

    @Actor
    public void done(ZZ_Result result) {
        result.r1 = slot.claim(task);
    }

    @Actor
    public void giveUp(ZZ_Result result) {
        result.r2 = slot.claim(task);
    }
}
