package dev.cenote.pool.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A connection was opened, or could not be. */
@Name("dev.cenote.Connect")
@Label("Connect")
@Description("A connection was opened, or could not be.")
@Category({"Cenote", "Pool"})
@StackTrace(false)
final class ConnectEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Connection")
    long connectionId;

    @Label("Took")
    @Timespan
    long took;

    @Label("Succeeded")
    boolean succeeded;

    @Label("Error")
    @Nullable
    String error;
}
