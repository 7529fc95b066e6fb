package dev.cenote.testkit.servers;

/**
 * Program that runs the stand-in for MongoDB. It does CRUD, cursors, ordered bulk writes and most aggregation; it has no
 * sessions, transactions, retryable writes or fail-over: what needs those is verified against a real replica set only.
 */
public final class MongoStandIn {
    private MongoStandIn() {}

    /**
     * Serves on loopback until the process is ended. The argument is the port.
     *
     * @throws ReflectiveOperationException if the stand-in is not on the class path
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        // By reflection, because two of its jars share a package, and so no module can read both.
        Class<?> type = Class.forName("de.bwaldvogel.mongo.InMemoryMongoServer");
        Object server = type.getConstructor().newInstance();
        type.getMethod("bind", String.class, int.class).invoke(server, "127.0.0.1", Integer.parseInt(arguments[0]));
    }
}
