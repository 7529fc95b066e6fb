package dev.cenote.pool;

/** What became of a waiter that is a thread, where no thread stands behind it. */
final class Sleepers {
    private Sleepers() {}

    /** Says it, and plays the waiter to its end. */
    static String end(Rig rig, Waiter<Rig.Plain> waiter) {
        Slot<Rig.Plain> given = waiter.slot();
        if (given != null) {
            rig.engine
                    .core
                    .lease(given, SlotState.in(SlotState.LEASED, given.word()), Thread.currentThread())
                    .close();
            return "given";
        }
        String state = waiter.awake ? "awake" : "sleeps";
        LeaseHandle<Rig.Plain> won = rig.engine.core.dispatcher.compete(waiter);
        if (won != null) {
            won.close();
        } else if (waiter.leave()) {
            rig.engine.core.dispatcher.forget(waiter);
            return state + " in vain";
        }
        return state;
    }
}
