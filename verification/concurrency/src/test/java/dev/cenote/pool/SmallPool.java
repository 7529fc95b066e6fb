package dev.cenote.pool;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/** All operations on a pool of one or two connections; their results are not looked at. */
@Param(name = "own", gen = ThreadIdGen.class)
@Param(name = "any", gen = IntGen.class, conf = "0:2")
@Param(name = "size", gen = IntGen.class, conf = "1:2")
public class SmallPool {
    private final Places places = new Places(2);

    @Operation
    public void acquire(@Param(name = "own") int place) {
        places.acquire(place % Places.COUNT);
    }

    @Operation
    public void tryAcquire(@Param(name = "own") int place) {
        places.tryAcquire(place % Places.COUNT);
    }

    @Operation
    public void release(@Param(name = "any") int place) {
        places.release(place);
    }

    @Operation
    public void cancel(@Param(name = "any") int place) {
        places.cancel(place);
    }

    @Operation
    public void clear() {
        places.clear();
    }

    @Operation
    public void resize(@Param(name = "size") int maxSize) {
        places.resize(maxSize);
    }

    @Validate
    public void validate() {
        places.validate(2);
    }

    /** Nothing of what the operations return is promised. */
    public static class Silent {
        public void acquire(int place) {}

        public void tryAcquire(int place) {}

        public void release(int place) {}

        public void cancel(int place) {}

        public void clear() {}

        public void resize(int maxSize) {}
    }
}
