package dev.cenote.mongo;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for a replica set that remembers its commands, tells its time with each answer, as servers with an oplog do,
 * and answers as it was told to.
 */
class RecordingBackend extends ReplicaSetBackend {
    private final ConcurrentLinkedQueue<Document> commands = new ConcurrentLinkedQueue<>();
    private final Map<String, Deque<Document>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger time = new AtomicInteger(1_000);

    /** The next command of that name is not executed, but answered so. */
    void answer(String command, Document answer) {
        Deque<Document> queue = answers.computeIfAbsent(command, name -> new ArrayDeque<>());
        synchronized (queue) {
            queue.add(answer);
        }
    }

    static Document error(int code, String... labels) {
        return new Document("ok", 0.0)
                .append("code", code)
                .append("codeName", "Made")
                .append("errmsg", "made up")
                .append("errorLabels", List.of(labels));
    }

    /** Those of that name, in the order in which they came. */
    List<Document> commands(String name) {
        return commands.stream()
                .filter(command -> command.keySet().iterator().next().equals(name))
                .toList();
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        commands.add(message.getDocument());
        Deque<Document> queue = answers.get(commandOf(message));
        Document made = null;
        if (queue != null) {
            synchronized (queue) {
                made = queue.poll();
            }
        }
        Document answer = made == null ? super.handleMessage(message) : made;
        answer.putIfAbsent("operationTime", new BsonTimestamp(Instant.ofEpochSecond(time.incrementAndGet()), 1));
        return answer;
    }
}
