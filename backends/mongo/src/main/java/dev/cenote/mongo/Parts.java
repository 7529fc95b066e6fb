package dev.cenote.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import dev.cenote.protocols.operations.BulkResult;
import dev.cenote.protocols.operations.OperationOfParts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.Document;

/**
 * What became of the parts of a bulk write that failed.
 *
 * @param isApplied for each part whether the server applied it
 * @param failures message of each failed part, by its index
 * @param result what the server says of those that it applied
 */
record Parts(List<Boolean> isApplied, Map<Integer, String> failures, BulkWriteResult result) {
    /** Empty if the driver does not tell. */
    static Optional<Parts> applied(Throwable failure, OperationOfParts<?, ?> operation) {
        if (!(failure instanceof MongoBulkWriteException bulk)
                || !bulk.getWriteResult().wasAcknowledged()) {
            return Optional.empty();
        }
        var failures = new TreeMap<Integer, String>();
        for (BulkWriteError error : bulk.getWriteErrors()) {
            failures.put(error.getIndex(), error.getMessage());
        }
        // Where an ordered bulk stops at a failure, nothing behind it was tried.
        int tried = operation.isOrdered() && !failures.isEmpty() ? failures.firstKey() : operation.size();
        var isApplied = new ArrayList<Boolean>();
        for (int index = 0; index < operation.size(); index++) {
            isApplied.add(index < tried && !failures.containsKey(index));
        }
        return Optional.of(new Parts(isApplied, failures, bulk.getWriteResult()));
    }

    /** Where each part that was applied affected one document. */
    BulkResult eachOfOne() {
        List<Long> counts = isApplied.stream().map(applied -> applied ? 1L : 0L).toList();
        int applied = Collections.frequency(isApplied, true);
        return new BulkResult(applied, applied, counts, failures);
    }

    /** Where the server tells only how many documents all parts affected. */
    BulkResult together() {
        return new BulkResult(Collections.frequency(isApplied, true), affected(result), List.of(), failures);
    }

    private static long affected(BulkWriteResult result) {
        return (long) result.getInsertedCount()
                + result.getModifiedCount()
                + result.getDeletedCount()
                + result.getUpserts().size();
    }

    /** In which form they are written: all in the same. */
    static Class<?> form(List<Payload> payloads) {
        return payloads.stream().allMatch(Payload::isDocument) ? Document.class : BsonDocument.class;
    }
}
