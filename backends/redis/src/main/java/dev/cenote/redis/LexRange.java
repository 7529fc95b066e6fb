package dev.cenote.redis;

/**
 * Members from one to another in the order of their bytes, both included unless said otherwise. Means something only
 * where all members have the same score. Immutable.
 */
public final class LexRange {
    private static final byte[] FIRST = {'-'};
    private static final byte[] LAST = {'+'};

    private final byte[] least;
    private final byte[] most;

    private LexRange(byte[] least, byte[] most) {
        this.least = least;
        this.most = most;
    }

    /** All members. */
    public static LexRange all() {
        return new LexRange(FIRST, LAST);
    }

    /** From {@code least} to {@code most}, both included. */
    public static LexRange between(String least, String most) {
        return all().atLeast(least).atMost(most);
    }

    /** Begins with {@code member}. */
    public LexRange atLeast(String member) {
        return atLeast(TypedGroup.ascii(member));
    }

    /** Begins with the member of these bytes. */
    public LexRange atLeast(byte[] member) {
        return new LexRange(bound('[', member), most);
    }

    /** Begins after {@code member}. */
    public LexRange above(String member) {
        return above(TypedGroup.ascii(member));
    }

    /** Begins after the member of these bytes. */
    public LexRange above(byte[] member) {
        return new LexRange(bound('(', member), most);
    }

    /** Ends with {@code member}. */
    public LexRange atMost(String member) {
        return atMost(TypedGroup.ascii(member));
    }

    /** Ends with the member of these bytes. */
    public LexRange atMost(byte[] member) {
        return new LexRange(least, bound('[', member));
    }

    /** Ends before {@code member}. */
    public LexRange below(String member) {
        return below(TypedGroup.ascii(member));
    }

    /** Ends before the member of these bytes. */
    public LexRange below(byte[] member) {
        return new LexRange(least, bound('(', member));
    }

    private static byte[] bound(char kind, byte[] member) {
        var bound = new byte[member.length + 1];
        bound[0] = (byte) kind;
        System.arraycopy(member, 0, bound, 1, member.length);
        return bound;
    }

    byte[] least() {
        return least;
    }

    byte[] most() {
        return most;
    }
}
