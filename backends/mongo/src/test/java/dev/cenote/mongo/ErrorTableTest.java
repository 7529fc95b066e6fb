package dev.cenote.mongo;

import dev.cenote.protocols.Classifier;
import dev.cenote.testkit.docs.ErrorTableContract;
import java.util.List;

class ErrorTableTest extends ErrorTableContract {
    @Override
    protected Classifier classifier() {
        return new MongoClassifier();
    }

    @Override
    protected String section() {
        return "MongoDB";
    }

    @Override
    protected List<String> specified() {
        return List.of(
                "MongoSocketReadException",
                "MongoOperationTimeoutException",
                "PoolClearedError",
                "RetryableWriteError",
                "NoWritesPerformed",
                "SystemOverloadedError",
                "TransientTransactionError",
                "UnknownTransactionCommitResult",
                "11600",
                "91",
                "11000",
                "13",
                "18",
                "6",
                "7",
                "89",
                "134",
                "189",
                "262",
                "9001",
                "10107",
                "10058",
                "11602",
                "13435",
                "13436");
    }
}
