package dev.cenote.pool;

import dev.cenote.protocols.Deadline;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Lincheck tries the interleavings of small random programs over a whole engine without threads of its own, and checks the
 * engine after each. A pool of one connection gives the results of a lock with a queue; what two connections give depends on
 * which is found first, so that there only the invariants are looked at. Threads that wait must all be served.
 *
 * <p>{@code -Dcenote.lincheck.iterations} (programs) and {@code -Dcenote.lincheck.invocations} (interleavings of each) ask
 * for more.
 */
class LincheckTest {
    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(Integer.getInteger("cenote.lincheck.iterations", 8))
                .invocationsPerIteration(Integer.getInteger("cenote.lincheck.invocations", 250))
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0);
    }

    @Test
    void poolOfOneIsLinearizable() {
        options().sequentialSpecification(OneConnection.class).check(PoolOfOne.class);
    }

    @Test
    void smallPoolKeepsItsInvariants() {
        options().sequentialSpecification(SmallPool.Silent.class).check(SmallPool.class);
    }

    @Test
    void everyThreadThatWaitsInOrderIsServed() {
        options().threads(3).actorsPerThread(2).check(InOrder.class);
    }

    @Test
    void everyThreadThatMayBePassedIsServed() {
        options().threads(3).actorsPerThread(2).check(Passing.class);
    }

    /** Threads that wait, served in order. */
    public static class InOrder {
        final Rig rig = new Rig(1);

        @Operation
        public void use() {
            rig.engine.acquire(Deadline.none()).close();
        }
    }

    /** The same where newcomers may pass. */
    public static class Passing {
        final Rig rig = new Rig(1);

        public Passing() {
            rig.engine.core.dispatcher.locked(after -> {
                for (int i = 0; i < 20; i++) {
                    rig.engine.core.dispatcher.used(0);
                }
            });
        }

        @Operation
        public void use() {
            rig.engine.acquire(Deadline.none()).close();
        }
    }
}
