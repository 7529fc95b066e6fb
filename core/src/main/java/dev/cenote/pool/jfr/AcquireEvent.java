package dev.cenote.pool.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * An acquire had to wait. Its threshold is 10 ms unless the recording sets another; acquires that find an idle connection
 * are not looked at.
 */
@Name("dev.cenote.Acquire")
@Label("Acquire")
@Description("An acquire had to wait for its connection.")
@Category({"Cenote", "Pool"})
@Threshold("10 ms")
public final class AcquireEvent extends Event {
    private static final AcquireEvent PROTOTYPE = new AcquireEvent();

    @Label("Pool")
    @Nullable
    String pool;

    @Label("Connection")
    long connectionId;

    @Label("Succeeded")
    boolean succeeded;

    @Label("Phase")
    @Description("What it was waiting for when its time ran out")
    @Nullable
    String phase;

    @Label("Suspicion")
    @Description("What the figures suggested as the reason why it got no connection")
    @Nullable
    String suspicion;

    /** One that has begun; null while nobody records them. */
    public static @Nullable AcquireEvent begun() {
        if (!PROTOTYPE.isEnabled()) {
            return null;
        }
        var event = new AcquireEvent();
        event.begin();
        return event;
    }

    /** It got that connection. */
    public void succeeded(String poolName, long connection) {
        end();
        if (shouldCommit()) {
            pool = poolName;
            connectionId = connection;
            succeeded = true;
            commit();
        }
    }

    /** Its time ran out. */
    public void timedOut(String poolName, String during, @Nullable String suspected) {
        end();
        if (shouldCommit()) {
            pool = poolName;
            phase = during;
            suspicion = suspected;
            commit();
        }
    }
}
