package dev.cenote.redis;

import java.util.List;

/** What names keys to the server, and so belongs on the node that has them. */
interface Keyed {
    /** Its keys as they are sent; empty if it may run on any node. */
    List<byte[]> keys();
}
