package dev.cenote.redis;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import org.jspecify.annotations.Nullable;

/** The keys of one operation lie in several slots of a cluster, or not on the node of the lease. Nothing was sent. */
public final class CrossSlotException extends OperationFailedException {
    private static final long serialVersionUID = 1L;
    private static final Verdict REFUSED = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);

    private final String firstKey;
    private final int firstSlot;
    private final String secondKey;
    private final int secondSlot;

    private CrossSlotException(String operation, String message, Key first, Key second) {
        super(operation, REFUSED, operation + message, null);
        this.firstKey = first.name();
        this.firstSlot = first.slot();
        this.secondKey = second.name();
        this.secondSlot = second.slot();
    }

    /** A key as it is shown, and its slot. */
    record Key(String name, int slot) {
        @Override
        public String toString() {
            return name + " (slot " + slot + ")";
        }
    }

    static CrossSlotException ofOperation(String operation, Key first, Key second) {
        return new CrossSlotException(
                operation,
                " needs all its keys in one slot, had " + first + " and " + second
                        + "; keys with the same part in braces, as in {user1}.name, share a slot",
                first,
                second);
    }

    /** {@code bound} is the key to which the lease owes its node; null if it was bound without one. */
    static CrossSlotException ofLease(String operation, String node, @Nullable Key bound, Key other) {
        return new CrossSlotException(
                operation,
                " on a lease needs keys of its node " + node
                        + (bound == null ? "" : ", to which " + bound + " bound it") + ", had " + other,
                bound == null ? other : bound,
                other);
    }

    /** One of the keys; the same as the second if the lease had its node without one. */
    public String firstKey() {
        return firstKey;
    }

    /** Its slot. */
    public int firstSlot() {
        return firstSlot;
    }

    /** The key that does not go with it. */
    public String secondKey() {
        return secondKey;
    }

    /** The slot of that. */
    public int secondSlot() {
        return secondSlot;
    }
}
