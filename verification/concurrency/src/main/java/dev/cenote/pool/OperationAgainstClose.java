package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.errors.OperationFailedException;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIL_Result;

/** An operation begins in the moment in which its lease is ended. Where it was cut short, its connection goes to nobody. */
@JCStressTest
@Outcome(id = "cut short, 1, .*", expect = Expect.FORBIDDEN, desc = "a connection that was busy is kept")
@Outcome(id = "ran, 0, .*", expect = Expect.FORBIDDEN, desc = "a connection whose operation ended well is closed")
@Outcome(
        id = {"ran, 1, sound", "cut short, 0, sound", "refused, 1, sound", "refused, 0, sound"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
@State
public class OperationAgainstClose {
    private record Nothing() implements Operation<Rig.Plain, String> {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public Effect effect() {
            return Effect.READ_ONLY;
        }

        @Override
        public Class<? super String> resultType() {
            return String.class;
        }

        @Override
        public String execute(Rig.Plain connection, Deadline deadline) {
            return "ran";
        }
    }

    private final Rig rig = new Rig(1);
    private final Lease<Rig.Plain> lease;
    private String ended = "";

    public OperationAgainstClose() {
        rig.engine.acquireAsync().join().close();
        lease = rig.engine.tryAcquire().orElseThrow();
    }

    @Actor
    public void execute() {
        try {
            ended = lease.execute(new Nothing());
        } catch (OperationFailedException cutShort) {
            ended = "cut short";
        } catch (LeaseClosedException refused) {
            ended = "refused";
        }
    }

    @Actor
    public void close() {
        lease.close();
    }

    @Arbiter
    public void look(LIL_Result result) {
        result.r1 = ended;
        result.r2 = rig.open();
        result.r3 = rig.verdict();
    }
}
