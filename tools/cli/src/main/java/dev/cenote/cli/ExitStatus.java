package dev.cenote.cli;

/** What the program tells its caller. */
public final class ExitStatus {
    /** All is well. */
    public static final int OK = 0;
    /** It ran, and found that something does not hold. */
    public static final int FAILED = 1;
    /** It could not run as asked: wrong arguments, or a server that cannot be reached. */
    public static final int UNUSABLE = 2;

    private ExitStatus() {}
}
