package dev.cenote.pool.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The circuit that guards the pool went from one state to another. */
@Name("dev.cenote.Circuit")
@Label("Circuit Change")
@Description("The circuit that guards the pool went from one state to another.")
@Category({"Cenote", "Pool"})
@StackTrace(false)
final class CircuitEvent extends Event {
    @Label("Pool")
    @Nullable
    String pool;

    @Label("Circuit")
    @Nullable
    String circuit;

    @Label("From")
    @Nullable
    String from;

    @Label("To")
    @Nullable
    String to;

    @Label("Reason")
    @Nullable
    String reason;
}
