package dev.cenote.mongo;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.operations.BulkResult;
import dev.cenote.protocols.operations.OperationOfParts;
import java.util.List;
import java.util.Optional;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Inserts, changes, replaces and deletes in as few commands as can be: all parts, or those before the first that fails;
 * with {@link #unordered()} all but those that fail. Gives the driver's result, with counts by kind and the ids of what was
 * inserted. A failure of some parts is a {@link dev.cenote.protocols.errors.BulkException} that tells which failed and how
 * many were applied: of an ordered one the first so many, else all but those that failed. Its cause, the driver's
 * exception, has the result of those that were applied. Immutable: each method gives another one.
 */
public final class BulkWrite extends DocumentWrite<BulkWriteResult, BulkWrite>
        implements OperationOfParts<MongoConnection, BulkWriteResult> {
    private final List<Part> parts;

    BulkWrite(String collection, List<Part> parts, Options options) {
        super("bulkWrite", collection, BulkWriteResult.class, options);
        this.parts = parts;
    }

    /** A part, with the object that it writes, if it writes one. */
    record Part(WriteModel<?> model, @Nullable Payload payload) {
        static Part of(WriteModel<?> model) {
            if (model instanceof InsertOneModel<?> insert) {
                return new Part(model, Payload.toInsert(insert.getDocument()));
            }
            return model instanceof ReplaceOneModel<?> replace
                    ? new Part(model, Payload.toReplace(replace.getReplacement()))
                    : new Part(model, null);
        }

        @SuppressWarnings("unchecked") // the other models hold no object of that type
        <D> WriteModel<D> as(Class<D> form, CodecRegistry codecs) {
            if (payload == null) {
                return (WriteModel<D>) model;
            }
            D written = payload.as(form, codecs);
            return model instanceof ReplaceOneModel<?> replace
                    ? new ReplaceOneModel<>(replace.getFilter(), written, replace.getReplaceOptions())
                    : new InsertOneModel<>(written);
        }
    }

    @Override
    BulkWrite with(Options other) {
        return new BulkWrite(collection, parts, other);
    }

    /** Goes on after a part that fails, in any order. Default: in order, and stops there. */
    public BulkWrite unordered() {
        return change(changed -> changed.ordered = false);
    }

    /** Writes what breaks the rules of the collection too. Default: does not. */
    public BulkWrite bypassDocumentValidation() {
        return change(changed -> changed.bypassValidation = true);
    }

    /** Variables that expressions may use. Default: none. */
    public BulkWrite let(Bson variables) {
        return change(changed -> changed.let = variables);
    }

    @Override
    public int size() {
        return parts.size();
    }

    @Override
    public boolean isOrdered() {
        return options.ordered;
    }

    @Override
    BulkWriteResult run(MongoConnection connection, Deadline deadline) {
        List<Payload> payloads = parts.stream()
                .flatMap(part -> Optional.ofNullable(part.payload()).stream())
                .toList();
        return run(connection, deadline, Parts.form(payloads));
    }

    private <D> BulkWriteResult run(MongoConnection connection, Deadline deadline, Class<D> form) {
        MongoCollection<D> target = open(connection, deadline, form);
        List<WriteModel<D>> models = parts.stream()
                .map(part -> part.as(form, target.getCodecRegistry()))
                .toList();
        ClientSession session = connection.session();
        var how = new BulkWriteOptions()
                .ordered(options.ordered)
                .bypassDocumentValidation(options.bypassValidation)
                .let(options.let)
                .comment(options.comment);
        return session == null ? target.bulkWrite(models, how) : target.bulkWrite(session, models, how);
    }

    @Override
    public Optional<BulkResult> partialResult(Throwable failure) {
        return Parts.applied(failure, this).map(Parts::together);
    }
}
