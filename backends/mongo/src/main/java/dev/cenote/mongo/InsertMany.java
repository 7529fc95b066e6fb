package dev.cenote.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.result.InsertManyResult;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.operations.BulkOperation;
import dev.cenote.protocols.operations.BulkResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;

/**
 * Inserts documents: all of them, or those before the first that fails; with {@link #unordered()} all but those that
 * fail. A failure of some is a {@link dev.cenote.protocols.errors.BulkException} that tells which. With the write
 * concern {@code w: 0} the result counts nothing, since the server says nothing. Immutable.
 */
public final class InsertMany extends MongoOperation<BulkResult> implements BulkOperation<MongoConnection> {
    private final List<Document> documents;
    private final boolean ordered;

    InsertMany(String collection, List<Document> documents, boolean ordered) {
        super("insertMany", collection, Effect.NON_IDEMPOTENT);
        if (documents.isEmpty()) {
            throw new ConfigurationException("documents must not be empty, was []");
        }
        this.documents = documents.stream().map(MongoOperations::withId).toList();
        this.ordered = ordered;
    }

    /** Goes on after a document that fails. Default: stops there. */
    public InsertMany unordered() {
        return new InsertMany(collection(), documents, false);
    }

    @Override
    public int size() {
        return documents.size();
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    @Override
    public Class<? super BulkResult> resultType() {
        return BulkResult.class;
    }

    @Override
    BulkResult run(MongoConnection connection, Deadline deadline) {
        MongoCollection<Document> target = connection.collection(collection(), Document.class, deadline);
        ClientSession session = connection.session();
        var options = new InsertManyOptions().ordered(ordered);
        InsertManyResult inserted = session == null
                ? target.insertMany(documents, options)
                : target.insertMany(session, documents, options);
        return inserted.wasAcknowledged()
                ? new BulkResult(size(), size(), Collections.nCopies(size(), 1L), Map.of())
                : new BulkResult(0, 0, List.of(), Map.of());
    }

    @Override
    public Optional<BulkResult> partialResult(Throwable failure) {
        if (!(failure instanceof MongoBulkWriteException bulk)
                || !bulk.getWriteResult().wasAcknowledged()) {
            return Optional.empty();
        }
        Map<Integer, String> failures = new TreeMap<>();
        for (BulkWriteError error : bulk.getWriteErrors()) {
            failures.put(error.getIndex(), error.getMessage());
        }
        // Where an ordered insert stops at a failure, nothing behind it was tried.
        int tried = ordered ? failures.keySet().stream().findFirst().orElse(size()) : size();
        var counts = new ArrayList<Long>();
        for (int index = 0; index < size(); index++) {
            counts.add(index < tried && !failures.containsKey(index) ? 1L : 0L);
        }
        int applied = Collections.frequency(counts, 1L);
        return Optional.of(new BulkResult(applied, applied, counts, failures));
    }
}
