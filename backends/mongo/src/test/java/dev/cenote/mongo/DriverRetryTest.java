package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.OperationFailedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver's own retry hides must not make a write safe to repeat. */
class DriverRetryTest {
    /** Applies the first insert and cuts the connection; refuses each further attempt as overloaded. */
    private static final class CuttingThenOverloaded extends ReplicaSetBackend {
        private final AtomicInteger attempts = new AtomicInteger();
        private final List<String> labels;

        CuttingThenOverloaded(List<String> labels) {
            this.labels = labels;
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            if (!commandOf(message).equals("insert")) {
                return super.handleMessage(message);
            }
            if (attempts.incrementAndGet() == 1) {
                Document reply = super.handleMessage(message);
                message.getChannel().close().syncUninterruptibly();
                return reply;
            }
            return new Document("ok", 0)
                    .append("code", 462)
                    .append("errmsg", "overloaded")
                    .append("errorLabels", labels);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SystemOverloadedError,RetryableError",
                "SystemOverloadedError,RetryableError,NoWritesPerformed",
                "SystemOverloadedError,RetryableError,RetryableWriteError,NoWritesPerformed"
            })
    void insertThatWasAppliedBeforeTheDriversRetryWasRefusedIsNotSafeToRepeat(String labels) {
        var backend = new CuttingThenOverloaded(List.of(labels.split(",")));
        var server = backend.serve();
        try (var pool = MongoPool.builder().uri(backend.uri()).build()) {
            var insert = insertOne("users", new org.bson.Document());
            var error = catchThrowableOfType(OperationFailedException.class, () -> pool.execute(insert));
            assertThat(backend.attempts).hasValueGreaterThan(1);
            assertThat(pool.execute(countDocuments("users", new org.bson.Document())))
                    .isEqualTo(1);
            assertThat(error.verdict().call()).isEqualTo(CallFate.UNKNOWN);
            assertThat(error.verdict().isRetrySafe(insert.effect())).isFalse();
        } finally {
            server.shutdownNow();
        }
    }

    /** Cuts the connection at the first find. */
    private static final class CuttingOnce extends ReplicaSetBackend {
        private final AtomicInteger attempts = new AtomicInteger();

        @Override
        public Document handleMessage(MongoMessage message) {
            if (commandOf(message).equals("find") && attempts.incrementAndGet() == 1) {
                message.getChannel().close().syncUninterruptibly();
            }
            return super.handleMessage(message);
        }
    }

    @Test
    void readThatLostItsSocketIsRepeatedByTheDriver() {
        var backend = new CuttingOnce();
        var server = backend.serve();
        try (var pool = MongoPool.builder().uri(backend.uri()).build()) {
            assertThat(pool.execute(find("users"))).isEmpty();
            assertThat(backend.attempts).hasValue(2);
        } finally {
            server.shutdownNow();
        }
    }
}
