package dev.cenote.protocols;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one instant by which a whole call must end: waiting, connecting, validating, executing, backing off and trying
 * again all count against it.
 *
 * <p>Immutable and thread-safe. {@link #none()} never passes.
 */
public final class Deadline {
    /** Longest time that is told apart from "never": about 146 years, half of what a {@code long} of nanoseconds holds. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    /**
     * What is done within a deadline.
     *
     * @param <T> its result
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object, X extends Exception> {
        /** Does it. */
        T call() throws X;
    }

    /** What {@link #call} has set on this thread. */
    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    /**
     * True once any thread has used {@link #call}; until then nobody pays for looking. Plain: a thread that has a deadline
     * has set this itself.
     */
    private static boolean anyCurrent;

    private static final Deadline NONE = new Deadline(TimeSource.system(), 0, 0, false);

    private final TimeSource clock;
    private final long atNanos;
    private final long setNanos;
    private final boolean limited;

    private Deadline(TimeSource clock, long setNanos, long atNanos, boolean limited) {
        this.clock = clock;
        this.setNanos = setNanos;
        this.atNanos = atNanos;
        this.limited = limited;
    }

    /** A deadline that never passes. */
    public static Deadline none() {
        return NONE;
    }

    /** The instant that lies {@code timeout} from now; a timeout of zero or less has passed already. */
    public static Deadline after(Duration timeout) {
        return after(timeout, TimeSource.system());
    }

    /** The instant that lies {@code timeout} from now by {@code clock}. */
    public static Deadline after(Duration timeout, TimeSource clock) {
        return afterNanos(saturatedNanos(timeout), clock);
    }

    /** The instant that lies {@code nanos} nanoseconds from now by {@code clock}. */
    public static Deadline afterNanos(long nanos, TimeSource clock) {
        long now = clock.nanoTime();
        return new Deadline(clock, now, now + Math.min(Math.max(nanos, 0), LONGEST_NANOS), true);
    }

    /** The deadline of the {@link #call} that this thread is in; {@link #none()} if it is in none. */
    public static Deadline current() {
        if (!anyCurrent) {
            return NONE;
        }
        Deadline current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /**
     * Makes {@code call} with this as the deadline of all that it asks of pools on this thread: acquires, operations and
     * retries end by it as well as by their own time-outs, without its being handed to them. Within another such call the
     * earlier deadline holds. The call is not interrupted.
     *
     * <p>Threads that the call starts do not inherit it, and stages that run on others do not either: hand it to them.
     *
     * <pre>{@code
     * Deadline.after(Duration.ofSeconds(2)).call(() -> {
     *     User user = users.execute(findUser);          // ends within the 2 s
     *     return orders.execute(ordersOf(user));        // ends within what is left of them
     * });
     * }</pre>
     *
     * @throws X what {@code call} throws, unchanged
     */
    public <T extends @Nullable Object, X extends Exception> T call(Call<T, X> call) throws X {
        Deadline outer = current();
        enter(earlier(outer));
        try {
            return call.call();
        } finally {
            enter(outer);
        }
    }

    private static void enter(Deadline deadline) {
        if (deadline.limited) {
            anyCurrent = true;
            CURRENT.set(deadline);
        } else if (anyCurrent) {
            CURRENT.remove();
        }
    }

    /** As {@link #call}, for a call that gives nothing and throws nothing checked. */
    public void run(Runnable call) {
        Deadline outer = current();
        enter(earlier(outer));
        try {
            call.run();
        } finally {
            enter(outer);
        }
    }

    /** True unless this is {@link #none()}. */
    public boolean isLimited() {
        return limited;
    }

    /** True once the instant has come. */
    public boolean isExpired() {
        return limited && remainingNanos() <= 0;
    }

    /** Nanoseconds left: zero or less once expired, {@link Long#MAX_VALUE} for {@link #none()}. */
    public long remainingNanos() {
        return limited ? atNanos - clock.nanoTime() : Long.MAX_VALUE;
    }

    /** Time left, never negative; the longest {@link Duration} of nanoseconds for {@link #none()}. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /** How long ago the deadline was set; zero for {@link #none()}. */
    public Duration elapsed() {
        return limited ? Duration.ofNanos(clock.nanoTime() - setNanos) : Duration.ZERO;
    }

    /** Milliseconds left, rounded up, at least 1 and at most {@code max}: what socket and statement time-outs take. */
    public int remainingMillis(int max) {
        long nanos = remainingNanos();
        if (nanos >= max * 1_000_000L) {
            return max;
        }
        return (int) Math.max(1, (nanos + 999_999) / 1_000_000);
    }

    /** This deadline, or the one {@code timeout} from now by the same clock if that comes first. */
    public Deadline within(Duration timeout) {
        long nanos = saturatedNanos(timeout);
        return remainingNanos() <= nanos ? this : afterNanos(nanos, clock);
    }

    /** Whichever of the two comes first. */
    public Deadline earlier(Deadline other) {
        if (!other.limited) {
            return this;
        }
        return remainingNanos() <= other.remainingNanos() ? this : other;
    }

    private static long saturatedNanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return timeout.isNegative() ? 0 : LONGEST_NANOS;
        }
    }

    @Override
    public String toString() {
        return limited ? "Deadline[in " + remaining() + "]" : "Deadline[none]";
    }
}
