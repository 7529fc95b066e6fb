package dev.cenote.redis;

/** Where a scan goes on. Means something to the server that gave it alone. */
public final class ScanCursor {
    private static final ScanCursor START = new ScanCursor("0");

    private final String position;

    private ScanCursor(String position) {
        this.position = position;
    }

    /** Where a scan begins. */
    public static ScanCursor start() {
        return START;
    }

    /** The server's 0 is both the start and the end. */
    static ScanCursor of(String position) {
        return position.equals("0") ? START : new ScanCursor(position);
    }

    boolean isStart() {
        return this == START;
    }

    String position() {
        return position;
    }

    @Override
    public String toString() {
        return "ScanCursor[" + position + "]";
    }
}
