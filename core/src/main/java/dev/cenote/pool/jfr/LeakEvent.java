package dev.cenote.pool.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A connection is held past the leak threshold without being used. */
@Name("dev.cenote.Leak")
@Label("Leak")
@Description("A connection is held past the leak threshold without being used.")
@Category({"Cenote", "Pool"})
@StackTrace(false)
final class LeakEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Connection")
    long connectionId;

    @Label("Holder")
    @Nullable
    String holder;

    @Label("Held for")
    @Timespan
    long held;

    @Label("Acquired at")
    @Nullable
    String acquiredAt;
}
