package dev.cenote.redis;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import org.jspecify.annotations.Nullable;

/** A batch failed: what became of each of its operations is in {@link #result}. The cause is the first of their failures. */
public class BatchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient BatchResult result;
    private final transient Verdict verdict;

    BatchFailedException(BatchResult result, Verdict verdict, @Nullable Throwable first) {
        super(message(result), first);
        this.result = result;
        this.verdict = verdict;
    }

    private static String message(BatchResult result) {
        long unknown = result.failed().stream()
                .filter(outcome -> outcome.failure().orElseThrow().verdict().call() == CallFate.UNKNOWN)
                .count();
        int failed = result.failed().size();
        return "of " + result.outcomes().size() + " operations "
                + (result.outcomes().size() - failed) + " were executed, " + (failed - unknown)
                + " were not, of " + unknown + " it is not known";
    }

    /** What became of each operation. */
    public BatchResult result() {
        return result;
    }

    /** What it means for the connection, and for the batch as a whole. */
    Verdict verdict() {
        return verdict;
    }
}
