package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Passing is allowed; the one waiter that was woken leaves in the moment in which another connection is returned. */
@JCStressTest
@Outcome(id = "sleeps, .*", expect = Expect.FORBIDDEN, desc = "the wake-up went with the waiter that left")
@Outcome(
        id = {"awake, sound", "given, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class LeavingAgainstRelease {
    private final Rig rig = new Rig(2);
    private final Lease<Rig.Plain> first;
    private final Lease<Rig.Plain> second;
    private final Waiter<Rig.Plain> woken = new ParkedWaiter<>(0, Deadline.none());
    private final Waiter<Rig.Plain> sleeping = new ParkedWaiter<>(0, Deadline.none());

    public LeavingAgainstRelease() {
        first = rig.engine.acquireAsync().join();
        second = rig.engine.acquireAsync().join();
        rig.engine.core.queue.setOrdered(false);
        rig.engine.core.dispatcher.enqueue(woken);
        rig.engine.core.dispatcher.enqueue(sleeping);
        rig.engine.core.dispatcher.locked(after -> rig.engine.core.queue.setCompeting(woken));
        woken.awake = true;
    }

    @Actor
    public void leave() {
        if (woken.leave()) {
            rig.engine.core.dispatcher.forget(woken);
        } else { // it was given one meanwhile, and takes it
            Sleepers.end(rig, woken);
        }
    }

    @Actor
    public void release() {
        first.close();
    }

    @Arbiter
    public void look(LL_Result result) {
        result.r1 = Sleepers.end(rig, sleeping);
        second.close();
        result.r2 = rig.verdict();
    }
}
