package dev.cenote.pool;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a pool of one connection does when nothing happens at once: a lock with a queue. */
public class OneConnection {
    private static final int NOBODY = -1;

    private final Deque<Integer> waiters = new ArrayDeque<>();
    private int holder = NOBODY;

    public String acquire(int id) {
        int place = id % Places.COUNT;
        if (!look(place).equals("free")) {
            return "taken";
        }
        if (holder == NOBODY) {
            holder = place;
        } else {
            waiters.add(place);
        }
        return look(place);
    }

    public String tryAcquire(int id) {
        int place = id % Places.COUNT;
        if (!look(place).equals("free")) {
            return "taken";
        }
        if (holder == NOBODY) {
            holder = place;
        }
        return look(place);
    }

    public void release(int id) {
        int place = id % Places.COUNT;
        if (holder == place) {
            holder = waiters.isEmpty() ? NOBODY : waiters.remove();
        }
    }

    public boolean cancel(int id) {
        return waiters.remove((Integer) (id % Places.COUNT));
    }

    public String look(int id) {
        int place = id % Places.COUNT;
        if (holder == place) {
            return "holds";
        }
        return waiters.contains(place) ? "waits" : "free";
    }
}
