package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.batch;
import static dev.cenote.redis.RedisOperations.command;
import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.redis.OperationCase.Runner;
import dev.cenote.redis.OperationCase.Wrong;
import dev.cenote.redis.RedisOperation.Lane;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That each operation does what it says, however it is run, and that a key of another type is its caller's mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("oldest-lettuce")
class EveryOperationTest {
    private final TestServer server = TestServers.shared(Product.REDIS);
    private RedisPool pool;
    private RedisPool resp2;
    private Runner plainly;

    static Stream<OperationCase<?>> all() {
        return Operations.all();
    }

    static Stream<OperationCase<?>> amongOthers() {
        return Operations.all().filter(one -> one.operation().whyAlone().isEmpty());
    }

    static Stream<OperationCase<?>> alone() {
        return Operations.all().filter(one -> one.operation().whyAlone().isPresent());
    }

    @BeforeAll
    void open() {
        pool = RedisPool.builder().uri(server.uri()).database(6).maxSize(2).build();
        resp2 = RedisPool.builder()
                .uri(server.uri())
                .database(6)
                .protocol(2)
                .maxSize(2)
                .build();
        plainly = new Runner() {
            @Override
            public <R> R run(RedisOperation<R> operation) {
                return pool.execute(operation);
            }
        };
    }

    @AfterAll
    void close() {
        Consistency.assertAtRest(pool);
        Consistency.assertAtRest(resp2);
        assertThat(pool.stats().closed()).as("no error ended a connection").isEmpty();
        assertThat(resp2.stats().closed()).as("no error ended a connection").isEmpty();
        pool.close();
        resp2.close();
    }

    @BeforeEach
    void empty() {
        pool.execute(command("FLUSHDB"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void tellsAndLeavesWhatItShould(OperationCase<?> one) {
        one.check(plainly, plainly);
    }

    @ParameterizedTest
    @MethodSource("all")
    void asynchronouslyAndByTheOlderProtocolToo(OperationCase<?> one) {
        one.check(plainly, new Runner() {
            @Override
            public <R> R run(RedisOperation<R> operation) {
                return resp2.executeAsync(operation).join();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void onALeaseToo(OperationCase<?> one) {
        try (var lease = resp2.acquire()) {
            one.check(plainly, new Runner() {
                @Override
                public <R> R run(RedisOperation<R> operation) {
                    return lease.execute(operation);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("amongOthers")
    void queuedInATransactionToo(OperationCase<?> one) {
        for (RedisPool either : new RedisPool[] {pool, resp2}) {
            empty();
            one.check(plainly, new Runner() {
                @Override
                public <R> R run(RedisOperation<R> operation) {
                    CompletableFuture<R> result = either.transaction(
                            TransactionOptions.defaults(), tx -> tx.execute(RedisTransactions.queued(operation)));
                    return result.join();
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("amongOthers")
    void inABatchToo(OperationCase<?> one) {
        one.check(plainly, new Runner() {
            @Override
            public <R> R run(RedisOperation<R> operation) {
                RedisOperation<?> other = RedisOperations.ping();
                return pool.execute(batch(other, operation)).get(operation);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("alone")
    void whatWaitsIsRefusedInTransactionsAndBatches(OperationCase<?> one) {
        RedisOperation<?> operation = one.operation();
        assertThat(operation.lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThatThrownBy(() -> pool.transaction(
                        TransactionOptions.defaults(), tx -> tx.execute(RedisTransactions.queued(operation))))
                .isInstanceOf(TransactionException.class)
                .hasMessage(operation.name() + " cannot be queued in a transaction: it waits on the server");
        assertThatThrownBy(() -> batch(operation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("operations must not have " + operation.name() + " in a batch: it waits on the server");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aKeyOfAnotherTypeIsTheCallersMistake(OperationCase<?> one) {
        one.prepare(plainly);
        for (byte[] key : one.operation().keys()) {
            String name = new String(key, StandardCharsets.UTF_8);
            plainly.run(RedisOperations.delete(name));
            RedisOperation<?> other =
                    one.wrong() == Wrong.STRING ? strings().set(name, "text") : lists().rpush(name, "text");
            plainly.run(other);
        }
        for (RedisPool either : new RedisPool[] {pool, resp2}) {
            if (one.wrong() == Wrong.NONE) {
                assertRunsOrIsMistaken(either, one.operation());
                continue;
            }
            var failure = catchThrowableOfType(OperationFailedException.class, () -> either.execute(one.operation()));
            assertThat(failure)
                    .as("of " + one)
                    .isNotNull()
                    .hasMessageContaining(one.wrong() == Wrong.LIST_BY_ERR ? "ERR " : "WRONGTYPE ");
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
            assertThat(failure.operation()).startsWith(one.operation().name());
        }
    }

    /** Takes keys of every type; run twice, as here, RENAME finds none and FUNCTION LOAD one. */
    private static void assertRunsOrIsMistaken(RedisPool pool, RedisOperation<?> operation) {
        try {
            assertThat((Object) pool.execute(operation)).isInstanceOf(operation.resultType());
        } catch (OperationFailedException failure) {
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
            assertThat(failure).hasMessageContaining("ERR ");
        }
    }
}
