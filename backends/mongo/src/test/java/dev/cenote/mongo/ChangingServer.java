package dev.cenote.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A server that has change streams: the replica set that was given, else the stand-in with its oplog, in this JVM and behind
 * a proxy.
 */
final class ChangingServer implements AutoCloseable {
    /** Tells the time of the oplog, as a server does. */
    private static final class OplogBackend extends ReplicaSetBackend {
        OplogBackend() {
            enableOplog();
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            Document answer = super.handleMessage(message);
            if (commandOf(message).equals("ping")) {
                answer.putIfAbsent("operationTime", lastOperation());
            }
            if (answer.get("cursor") instanceof Document cursor) {
                invalidateAfterDrop(cursor);
            }
            return answer;
        }

        /** A server ends the stream of a collection that is dropped; the stand-in tells of the drop alone. */
        @SuppressWarnings("unchecked")
        private static void invalidateAfterDrop(Document cursor) {
            if (!(cursor.get("nextBatch") instanceof List<?> batch) || batch.isEmpty()) {
                return;
            }
            var last = (Document) batch.get(batch.size() - 1);
            if ("drop".equals(last.get("operationType"))) {
                var more = new ArrayList<>((List<Document>) batch);
                more.add(new Document("_id", new Document("_data", ((Document) last.get("_id")).get("_data") + "FF"))
                        .append("operationType", "invalidate")
                        .append("clusterTime", last.get("clusterTime")));
                cursor.put("nextBatch", more);
                cursor.put("id", 0L);
            }
        }

        private BsonTimestamp lastOperation() {
            var oplog = resolveDatabase("local").resolveCollection("oplog.rs", true);
            return oplog.handleQuery(new Document(), 0, 0).collectDocuments().stream()
                    .map(entry -> (BsonTimestamp) entry.get("ts"))
                    .max(Comparator.naturalOrder())
                    .orElseGet(() -> new BsonTimestamp(Instant.now(), 0));
        }
    }

    private final Optional<String> real = Product.MONGODB.externalUri();
    private final OplogBackend backend = new OplogBackend();
    private final MongoServer server = backend.serve();
    private final FaultProxy proxy =
            FaultProxy.before("127.0.0.1", server.getLocalAddress().getPort());

    boolean isReal() {
        return real.isPresent();
    }

    /** Between the stand-in and whoever connects by {@link #pool}. */
    FaultProxy proxy() {
        return proxy;
    }

    MongoPoolBuilder pool() {
        return MongoPool.builder()
                .uri(real.orElse("mongodb://127.0.0.1:" + proxy.port()))
                .database("changes")
                .maxSize(4)
                .connectTimeout(Duration.ofSeconds(5));
    }

    /** To the server, past the proxy. */
    MongoPoolBuilder direct() {
        return real.map(uri -> pool()).orElseGet(() -> pool().uri(backend.uri()));
    }

    @Override
    public void close() {
        proxy.close();
        server.shutdownNow();
    }
}
