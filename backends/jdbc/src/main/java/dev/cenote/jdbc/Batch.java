package dev.cenote.jdbc;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.operations.BulkOperation;
import dev.cenote.protocols.operations.BulkResult;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One statement with many lists of parameters. */
final class Batch extends SqlOperation<BulkResult> implements BulkOperation<JdbcConnection> {
    private final List<? extends List<? extends @Nullable Object>> parts;
    private final Effect effect;

    Batch(SqlText text, List<? extends List<? extends @Nullable Object>> parts, Effect effect) {
        super("batch", text, BulkResult.class);
        this.parts = parts;
        this.effect = effect;
    }

    @Override
    public Effect effect() {
        return effect;
    }

    /** Remains a bulk operation, so that its partial failure is still told as one. */
    @Override
    public Operation<JdbcConnection, BulkResult> idempotent() {
        return new Batch(text, parts, Effect.IDEMPOTENT);
    }

    @Override
    public int size() {
        return parts.size();
    }

    /** Drivers send parts ahead of the answers: later ones may run after one has failed. */
    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public BulkResult execute(JdbcConnection connection, Deadline deadline) throws Exception {
        if (parts.isEmpty()) {
            return new BulkResult(0, 0, List.of(), Map.of());
        }
        connection.note(text);
        return connection.use(deadline, driver -> {
            try (PreparedStatement statement = driver.prepareStatement(text.sql())) {
                for (List<? extends @Nullable Object> params : parts) {
                    bind(connection.dialect(), statement, params);
                    statement.addBatch();
                }
                connection.running(statement);
                return result(statement.executeLargeBatch(), Map.of());
            }
        });
    }

    @Override
    public Optional<BulkResult> partialResult(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BatchUpdateException batch) {
                long[] counts = batch.getLargeUpdateCounts();
                return Optional.of(result(counts == null ? new long[0] : counts, failures(counts, batch)));
            }
        }
        return Optional.empty();
    }

    /** Parts that the driver tells to have failed; where it stopped at the first, that one. */
    private Map<Integer, String> failures(long @Nullable [] counts, BatchUpdateException batch) {
        var failures = new HashMap<Integer, String>();
        int told = counts == null ? 0 : counts.length;
        SQLException next = batch.getNextException();
        // The driver's own message may quote the parameters; the server's, which comes next, quotes less.
        String message = String.valueOf(next == null ? batch.getMessage() : next.getMessage());
        for (int i = 0; i < told; i++) {
            if (counts != null && counts[i] == Statement.EXECUTE_FAILED) {
                failures.put(i, message);
            }
        }
        if (failures.isEmpty() && told < size()) {
            failures.put(told, message);
        }
        return failures;
    }

    private static BulkResult result(long[] counts, Map<Integer, String> failures) {
        int applied = (int) LongStream.of(counts)
                .filter(count -> count != Statement.EXECUTE_FAILED)
                .count();
        boolean told = LongStream.of(counts).allMatch(count -> count >= 0);
        long affected = LongStream.of(counts).filter(count -> count > 0).sum();
        List<Long> each = told ? LongStream.of(counts).boxed().toList() : List.of();
        return new BulkResult(applied, affected, each, failures);
    }
}
