package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A command as such, on the pool's database. Its target, in errors and figures, is the command's name: the rest may be
 * secret. The driver neither tries it again nor gives it the pool's read and write concern. A cursor that it opens on the
 * server is its caller's to read and to end. Immutable: each method gives another one.
 *
 * @param <T> what the reply becomes
 */
public final class Command<T> extends MongoOperation<T> {
    private final Bson command;
    private final @Nullable ReadPreference preference;
    private final Class<T> type;

    private Command(Bson command, Effect effect, @Nullable ReadPreference preference, Class<T> type) {
        super("runCommand", nameOf(command), effect, type);
        this.command = command;
        this.preference = preference;
        this.type = type;
    }

    /** One that reads, with the pool's read preference or its own. */
    static Command<Document> reading(Bson command, @Nullable ReadPreference preference) {
        return new Command<>(command, Effect.READ_ONLY, preference, Document.class);
    }

    /** One that may write, and so is the primary's. */
    static Command<Document> writing(Bson command) {
        return new Command<>(command, Effect.NON_IDEMPOTENT, ReadPreference.primary(), Document.class);
    }

    private static Optional<String> nameOf(Bson command) {
        try {
            BsonDocument document =
                    command.toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry());
            return Optional.of(document).filter(named -> !named.isEmpty()).map(BsonDocument::getFirstKey);
        } catch (CodecConfigurationException onlyThePoolsCodecsKnow) {
            return Optional.empty();
        }
    }

    /** Makes {@code other} of the reply, by the pool's codec registry. Default: {@link Document}. */
    public <U> Command<U> as(Class<U> other) {
        return new Command<>(command, effect(), preference, other);
    }

    @Override
    T run(MongoConnection connection, Deadline deadline) {
        MongoDatabase database = connection.database(deadline);
        ReadPreference asked = preference == null ? database.getReadPreference() : preference;
        ClientSession session = connection.session();
        return session == null
                ? database.runCommand(command, asked, type)
                : database.runCommand(session, command, asked, type);
    }
}
