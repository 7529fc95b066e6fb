package dev.cenote.pool;

/** Keeps two cache lines free after {@link SlotState}; see {@link PaddingBefore}. */
@SuppressWarnings("unused")
abstract class PaddingAfter extends SlotState {
    private long after00, after01, after02, after03, after04, after05, after06, after07;
    private long after08, after09, after10, after11, after12, after13, after14, after15;
}
