package dev.cenote.pool;

/**
 * The two words that every acquire and every release looks at: zero while nothing bars its fast path. Written under the
 * pool's lock only, by {@link WaitQueue}.
 */
@SuppressWarnings("unused")
final class Gates extends GateWords {
    private long after00, after01, after02, after03, after04, after05, after06, after07;
    private long after08, after09, after10, after11, after12, after13, after14, after15;
}
