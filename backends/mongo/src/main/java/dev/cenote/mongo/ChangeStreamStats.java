package dev.cenote.mongo;

import java.util.List;

/**
 * The change streams of a pool, at one moment. Immutable.
 *
 * @param open streams that are open, of both kinds
 * @param maxOpen how many may be
 * @param resumed how often a stream was opened again where it was, besides the driver's own first attempts
 * @param sockets the sockets of these streams, by server; none of them is the leases'
 */
public record ChangeStreamStats(int open, int maxOpen, long resumed, List<ServerSockets> sockets) {
    public ChangeStreamStats {
        sockets = List.copyOf(sockets);
    }
}
