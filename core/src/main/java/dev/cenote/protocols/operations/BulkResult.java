package dev.cenote.protocols.operations;

import java.util.List;
import java.util.Map;

/**
 * What became of the parts of a bulk operation. Immutable.
 *
 * @param applied number of parts that the server applied
 * @param affected number of rows or documents that they inserted, changed or removed together
 * @param counts for each part the rows it affected, empty where the backend tells only the sum
 * @param failures message of each failed part, by its index from 0
 */
public record BulkResult(int applied, long affected, List<Long> counts, Map<Integer, String> failures) {
    public BulkResult {
        counts = List.copyOf(counts);
        failures = Map.copyOf(failures);
    }
}
