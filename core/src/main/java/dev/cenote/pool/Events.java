package dev.cenote.pool;

import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Tells the listeners. What changes the pool's state is put into their mailboxes under the pool's lock, so that all hear it
 * in the order in which it happened. Direct listeners are told after the lock was let go, on the thread on which it
 * happened.
 */
final class Events {
    private final PoolThreads threads;
    private final CopyOnWriteArrayList<Mailbox> mailboxes = new CopyOnWriteArrayList<>();

    /** Those that want acquires too; the rest is in {@link #mailboxes} only. */
    private final CopyOnWriteArrayList<Mailbox> acquireMailboxes = new CopyOnWriteArrayList<>();

    Events(PoolThreads threads) {
        this.threads = threads;
    }

    /** True if somebody wants to be told of acquires and releases. */
    boolean areAcquiresHeard() {
        return !acquireMailboxes.isEmpty();
    }

    /** True if somebody wants to know how long leases are held. */
    boolean areUseTimesWanted() {
        return mailboxes.stream().anyMatch(mailbox -> mailbox.wantsUseTimes);
    }

    synchronized void add(PoolListener listener) {
        if (mailboxes.stream().noneMatch(mailbox -> mailbox.listener == listener)) {
            var mailbox = new Mailbox(listener, threads);
            mailboxes.add(mailbox);
            if (listener.wantsAcquires()) {
                acquireMailboxes.add(mailbox);
            }
        }
    }

    synchronized void remove(PoolListener listener) {
        mailboxes.removeIf(mailbox -> mailbox.listener == listener);
        acquireMailboxes.removeIf(mailbox -> mailbox.listener == listener);
    }

    /** Under the pool's lock; direct listeners hear of it {@code after} that. */
    void emit(PoolEvent event, After after) {
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.isDirect) {
                after.add(() -> mailbox.tell(event));
            } else if (mailbox.post(event)) {
                after.add(mailbox::deliver);
            }
        }
    }

    /** Without the lock. */
    void emit(PoolEvent event) {
        tell(mailboxes, event);
    }

    /** Tells of an acquire or a release, without the lock. */
    void emitAcquire(Supplier<? extends PoolEvent> event) {
        if (!acquireMailboxes.isEmpty()) {
            tell(acquireMailboxes, event.get());
        }
    }

    private static void tell(List<Mailbox> audience, PoolEvent event) {
        for (Mailbox mailbox : audience) {
            if (mailbox.isDirect) {
                mailbox.tell(event);
            } else if (mailbox.post(event)) {
                mailbox.deliver();
            }
        }
    }
}
