package dev.cenote.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stand-in, in this JVM, as the primary of a replica set of one: takes sessions and transactions, and rolls nothing back. */
class ReplicaSetBackend extends MemoryBackend {
    private static final Set<String> OF_TRANSACTIONS = Set.of("commitTransaction", "abortTransaction", "endSessions");

    private volatile String address = "";
    private final AtomicBoolean conflicts = new AtomicBoolean();

    /** Has the next insert end in a write conflict, as two transactions on one document do. */
    void conflictOnce() {
        conflicts.set(true);
    }

    /** Serves on loopback, on a free port. */
    MongoServer serve() {
        return serve(new MongoServer(this));
    }

    /** As {@link #serve()}, by a server of this backend that was made ready otherwise. Each connection has a thread. */
    MongoServer serve(MongoServer server) {
        server.bind(new InetSocketAddress("127.0.0.1", 0), 1, 64);
        address = "127.0.0.1:" + server.getLocalAddress().getPort();
        return server;
    }

    String uri() {
        return "mongodb://" + address;
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return OF_TRANSACTIONS.contains(command)
                ? new Document("ok", 1.0)
                : asPrimary(command, super.handleCommand(channel, database, command, query));
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = commandOf(message);
        if (command.equals("insert") && conflicts.getAndSet(false)) {
            return new Document("ok", 0.0)
                    .append("code", 112)
                    .append("codeName", "WriteConflict")
                    .append("errmsg", "Write conflict")
                    .append("errorLabels", List.of("TransientTransactionError"));
        }
        return OF_TRANSACTIONS.contains(command)
                ? new Document("ok", 1.0)
                : asPrimary(command, super.handleMessage(message));
    }

    static String commandOf(MongoMessage message) {
        return message.getDocument().keySet().iterator().next();
    }

    private Document asPrimary(String command, Document reply) {
        if (!command.equalsIgnoreCase("isMaster")) {
            return reply;
        }
        return reply.append("setName", "rs")
                .append("hosts", List.of(address))
                .append("me", address)
                .append("primary", address)
                .append("setVersion", 1)
                .append("logicalSessionTimeoutMinutes", 30);
    }
}
