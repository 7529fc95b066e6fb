package dev.cenote.pool.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A connection was taken out of the pool and is being closed. */
@Name("dev.cenote.Close")
@Label("Close")
@Description("A connection was taken out of the pool and is being closed.")
@Category({"Cenote", "Pool"})
@StackTrace(false)
final class CloseEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Connection")
    long connectionId;

    @Label("Reason")
    @Nullable
    String reason;

    @Label("Age")
    @Timespan
    long age;
}
