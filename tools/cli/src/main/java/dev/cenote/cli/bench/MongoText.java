package dev.cenote.cli.bench;

import dev.cenote.mongo.MongoConnection;
import dev.cenote.mongo.MongoOperations;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Set;
import org.bson.Document;
import org.bson.json.JsonParseException;

/** A command of MongoDB as JSON. */
final class MongoText {
    private static final Set<String> READING = Set.of(
            "ping",
            "hello",
            "buildInfo",
            "find",
            "aggregate",
            "count",
            "distinct",
            "dbStats",
            "collStats",
            "listCollections",
            "listIndexes");

    private MongoText() {}

    static Operation<MongoConnection, ?> operation(String text, boolean writes) {
        Document command = parse(text);
        String name = command.keySet().iterator().next();
        // Neither may leave a cursor open on the server.
        if (name.equals("find")) {
            command.putIfAbsent("singleBatch", true);
        } else if (name.equals("aggregate")) {
            command.putIfAbsent("cursor", new Document("batchSize", 1_000_000));
        }
        String all = command.toJson();
        boolean reads = READING.contains(name) && !all.contains("\"$out\"") && !all.contains("\"$merge\"");
        if (reads) {
            return MongoOperations.readCommand(command);
        }
        Load.refuseUnless(writes, text);
        return MongoOperations.runCommand(command);
    }

    private static Document parse(String text) {
        try {
            Document command = Document.parse(text);
            if (!command.isEmpty()) {
                return command;
            }
        } catch (JsonParseException malformed) {
            throw new ConfigurationException(
                    "query must be a command as JSON, such as {find: \"users\", filter: {_id: 1}}; "
                            + malformed.getMessage(),
                    malformed);
        }
        throw new ConfigurationException("query must be a command as JSON, was empty");
    }
}
