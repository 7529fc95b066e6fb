package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** An operation ends in the moment in which it is aborted: it knows which of the two it was. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "a connection that is being aborted is taken for sound")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "neither ended nor aborted")
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE)
@State
public class EndAgainstAbort {
    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> lease = rig.engine.acquireAsync().join();

    @SuppressWarnings("DataFlowIssue") // no operation is run
    private final Execution<Rig.Plain> execution = new Execution<>(
            rig.engine.core,
            ((LeaseHandle<Rig.Plain>) lease).member,
            null,
            Deadline.after(java.time.Duration.ofDays(1)),
            dev.cenote.protocols.Classifier.Phase.EXECUTE);

    @Actor
    public void end(ZZ_Result result) {
        result.r1 = execution.end();
    }

    @Actor
    public void abort() {
        execution.abort();
    }

    @Arbiter
    public void look(ZZ_Result result) {
        result.r2 = execution.isAborted();
    }
}
