package dev.cenote.testkit.servers;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/**
 * Program that runs the stand-in for MongoDB. It does CRUD, cursors, ordered bulk writes and most aggregation; it has no
 * sessions, transactions, retryable writes or fail-over: what needs those is verified against a real replica set only.
 */
public final class MongoStandIn {
    private MongoStandIn() {}

    /** Serves on loopback until the process is ended. The argument is the port. */
    public static void main(String[] arguments) {
        var server = new MongoServer(new MemoryBackend());
        server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    }
}
