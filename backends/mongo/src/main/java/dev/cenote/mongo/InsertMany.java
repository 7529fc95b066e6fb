package dev.cenote.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.result.InsertManyResult;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.operations.BulkOperation;
import dev.cenote.protocols.operations.BulkResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inserts documents, each with the same {@code _id} whenever it runs: all of them, or those before the first that fails;
 * with {@link #unordered()} all but those that fail. A failure of some is a {@link
 * dev.cenote.protocols.errors.BulkException} that tells which. With the write concern {@code w: 0} the result counts
 * nothing, since the server says nothing. Immutable: each method gives another one.
 */
public final class InsertMany extends DocumentWrite<BulkResult, InsertMany> implements BulkOperation<MongoConnection> {
    private final List<Payload> documents;

    InsertMany(String collection, List<Payload> documents, Options options) {
        super("insertMany", collection, BulkResult.class, options);
        this.documents = documents;
    }

    @Override
    InsertMany with(Options other) {
        return new InsertMany(collection, documents, other);
    }

    /** Goes on after a document that fails. Default: stops there. */
    public InsertMany unordered() {
        return change(changed -> changed.ordered = false);
    }

    /** Inserts what breaks the rules of the collection too. Default: does not. */
    public InsertMany bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    @Override
    public int size() {
        return documents.size();
    }

    @Override
    public boolean isOrdered() {
        return options.ordered;
    }

    @Override
    public Class<? super BulkResult> resultType() {
        return BulkResult.class;
    }

    @Override
    BulkResult run(MongoConnection connection, Deadline deadline) {
        return run(connection, deadline, Parts.form(documents));
    }

    private <D> BulkResult run(MongoConnection connection, Deadline deadline, Class<D> form) {
        MongoCollection<D> target = open(connection, deadline, form);
        List<D> written = documents.stream()
                .map(document -> document.as(form, target.getCodecRegistry()))
                .toList();
        ClientSession session = connection.session();
        var how = new InsertManyOptions()
                .ordered(options.ordered)
                .bypassDocumentValidation(options.bypassValidation)
                .comment(options.comment);
        InsertManyResult inserted =
                session == null ? target.insertMany(written, how) : target.insertMany(session, written, how);
        return inserted.wasAcknowledged()
                ? new BulkResult(size(), size(), Collections.nCopies(size(), 1L), Map.of())
                : new BulkResult(0, 0, List.of(), Map.of());
    }

    @Override
    public Optional<BulkResult> partialResult(Throwable failure) {
        return Parts.applied(failure, this).map(Parts::eachOfOne);
    }
}
