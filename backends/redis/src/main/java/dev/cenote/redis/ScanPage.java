package dev.cenote.redis;

import java.util.List;

/**
 * What one step of a scan found: some, many or nothing. Redis finds all that is there from the beginning of the scan to its
 * end at least once, and may find one twice.
 *
 * @param next where to go on
 */
public record ScanPage<T>(ScanCursor next, List<T> items) {
    public ScanPage {
        items = List.copyOf(items);
    }

    /** True if the scan is at its end. */
    public boolean isLast() {
        return next.isStart();
    }
}
