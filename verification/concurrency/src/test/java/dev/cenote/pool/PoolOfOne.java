package dev.cenote.pool;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * The operations on a pool of one connection, each with its result. A thread looks at its own place only: what it acquires
 * and where it keeps it are two steps, between which another thread would see neither.
 */
@Param(name = "own", gen = ThreadIdGen.class)
public class PoolOfOne {
    private final Places places = new Places(1);

    @Operation
    public String acquire(@Param(name = "own") int place) {
        return places.acquire(place % Places.COUNT);
    }

    @Operation
    public String tryAcquire(@Param(name = "own") int place) {
        return places.tryAcquire(place % Places.COUNT);
    }

    @Operation
    public void release(@Param(name = "own") int place) {
        places.release(place % Places.COUNT);
    }

    @Operation
    public boolean cancel(@Param(name = "own") int place) {
        return places.cancel(place % Places.COUNT);
    }

    @Operation
    public String look(@Param(name = "own") int place) {
        return places.look(place % Places.COUNT);
    }

    @Validate
    public void validate() {
        places.validate(1);
    }
}
