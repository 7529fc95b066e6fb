package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What the driver sends. */
final class CommandLog implements CommandListener {
    private final List<BsonDocument> sent = new CopyOnWriteArrayList<>();
    private volatile long lastCursor;

    void listen(MongoClientSettings.Builder settings) {
        settings.addCommandListener(this);
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        // The event's own document is gone after the call.
        sent.add(BsonDocument.parse(event.getCommand().toJson()));
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        BsonValue cursor = event.getResponse().get("cursor");
        if (cursor != null) {
            lastCursor = cursor.asDocument().getInt64("id").getValue();
        }
    }

    /** The number that the server gave the last cursor. */
    long lastCursor() {
        return lastCursor;
    }

    void clear() {
        sent.clear();
    }

    List<BsonDocument> named(String command) {
        return sent.stream()
                .filter(document -> document.getFirstKey().equals(command))
                .toList();
    }

    BsonDocument only(String command) {
        List<BsonDocument> found = named(command);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + command + ", was " + sent);
        }
        return found.get(0);
    }
}
