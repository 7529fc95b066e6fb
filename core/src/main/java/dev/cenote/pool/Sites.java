package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where connections are acquired: what lies above Cenote's own frames. Walks only as far as it keeps, which costs
 * a microsecond or two; a whole stack trace costs ten times that.
 */
final class Sites {
    private static final int DEPTH = 12;

    /** Of how many acquires one is captured when sampling. */
    private static final int SAMPLE = 32;

    private static final StackWalker WALKER = StackWalker.getInstance();

    private final AcquireSites mode;

    Sites(AcquireSites mode) {
        this.mode = mode;
    }

    boolean areWanted() {
        return mode != AcquireSites.NONE;
    }

    /** Remembers where the lease was acquired that this thread has just begun, if it is one to remember. */
    <C extends Connection> void capture(Slot<C> slot) {
        if (mode == AcquireSites.NONE) {
            return;
        }
        long word = slot.word();
        long turn = SlotState.turn(word);
        boolean waited = (word & SlotState.TIMED) != 0;
        if (mode == AcquireSites.ALL || waited || turn % SAMPLE == 0) {
            slot.site = WALKER.walk(Sites::users);
            slot.siteTurn = turn;
        }
    }

    private static StackTraceElement[] users(Stream<StackWalker.StackFrame> frames) {
        return frames.dropWhile(frame -> isOwn(frame.getClassName()))
                .limit(DEPTH)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isOwn(String name) {
        return name.startsWith("dev.cenote.pool.")
                || name.startsWith("dev.cenote.decorators.")
                || name.startsWith("dev.cenote.retry.")
                || name.startsWith("dev.cenote.jdbc.datasource.");
    }

    /** Where that turn of the slot was acquired; empty unless it was captured. */
    static <C extends Connection> List<StackTraceElement> of(Slot<C> slot, long turn) {
        @Nullable StackTraceElement[] site = slot.site;
        return site == null || slot.siteTurn != turn ? List.of() : List.of(site);
    }
}
