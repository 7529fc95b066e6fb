package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.batch;
import static dev.cenote.redis.RedisOperations.command;
import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.scripts;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.redis.RedisOperation.Lane;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisException;
import io.lettuce.core.internal.ExceptionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several operations sent at once, and what is told of each. */
class BatchTest {
    private static final RedisScript SLOW = RedisScript.of("""
            local t = redis.call('TIME') local begin = t[1] * 1000000 + t[2]
            while true do t = redis.call('TIME')
            if t[1] * 1000000 + t[2] - begin > 600000 then return 1 end end""");

    private final TestServer server = TestServers.shared(Product.REDIS);
    private RedisPool pool;

    @BeforeEach
    void open() {
        pool = RedisPool.builder().uri(server.uri()).maxSize(2).build();
        pool.execute(delete("n", "m", "list"));
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(pool);
        pool.close();
    }

    @Test
    void eachHasItsResultInItsType() {
        var set = set("n", "41");
        var added = incr("n");
        var read = get("n");
        BatchResult result = pool.execute(batch(set, added, read, added));
        assertThat(result.isComplete()).isTrue();
        assertThat(result.get(set)).isTrue();
        assertThat(result.get(added)).as("the first time").isEqualTo(42);
        assertThat(result.get(read)).contains("42");
        assertThat(result.outcomes().get(3).result()).isEqualTo(Optional.of(43L));
        assertThatThrownBy(() -> result.get(get("n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("operation must be one of the batch, was GET n");
    }

    @Test
    void whatTheServerRefusesFailsAlone() {
        pool.execute(lists().rpush("list", "a"));
        var first = incr("n");
        var wrong = incr("list");
        var last = incr("n");
        BatchResult result = pool.executeAsync(batch(first, wrong, last)).join();
        assertThat(result.isComplete()).isFalse();
        assertThat(result.get(last)).isEqualTo(2);
        OperationFailedException failure = result.outcome(wrong).failure().orElseThrow();
        assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        assertThatThrownBy(() -> result.get(wrong)).isSameAs(failure).hasMessageContaining("WRONGTYPE");
        assertThat(pool.stats().closed()).isEmpty();
    }

    @Test
    void itsEffectIsThatOfTheWorst() {
        assertThat(batch(get("n"), get("m")).effect()).isEqualTo(Effect.READ_ONLY);
        assertThat(batch(get("n"), set("m", "1")).effect()).isEqualTo(Effect.IDEMPOTENT);
        assertThat(batch(incr("n"), get("m")).effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(batch(incr("n"), get("m")).lane()).isEqualTo(Lane.SHARED);
        assertThat(batch(get("n"), command("NO.SUCH")).lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThat(batch(get("n"), incr("m")).keys()).hasSize(2);
        assertThatThrownBy(() -> batch()).hasMessage("operations must not be empty, was []");
        assertThatThrownBy(() -> batch(batch(get("n"))))
                .hasMessage("operations must not have BATCH in a batch: it is a batch: give its operations one by one");
        assertThatThrownBy(() -> batch(command("SELECT", 3)))
                .hasMessageEndingWith("SELECT in a batch: it changes the session of its connection");
    }

    private static BatchResult unknown(Throwable failure) {
        assertThat(failure).isInstanceOf(OperationFailedException.class);
        assertThat(((OperationFailedException) failure).verdict())
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
        return RedisClassifier.find(failure, BatchFailedException.class).result();
    }

    private static CallFate fate(BatchResult result, RedisOperation<?> operation) {
        return result.outcome(operation).failure().orElseThrow().verdict().call();
    }

    @Test
    void oneThatIsLateIsUnknownAndNotRunAgain() {
        var done = incr("n");
        var slow = scripts().eval(SLOW, List.of());
        RedisOperation<BatchResult> both = batch(done, slow);
        try (RedisPool hasty = RedisPool.builder()
                .uri(server.uri())
                .operationTimeout(Duration.ofMillis(200))
                .retry(RetryPolicy.exponential().maxRetries(3).build())
                .build()) {
            BatchResult late = unknown(catchThrowableOfType(OperationFailedException.class, () -> hasty.execute(both)));
            assertThat(fate(late, slow)).isEqualTo(CallFate.UNKNOWN);
            assertThat(pool.execute(get("n"))).as("never run again").contains("1");
            pool.execute(delete("n"));
            var failure = catchThrowableOfType(
                    CompletionException.class, () -> hasty.executeAsync(both).join());
            assertThat(fate(unknown(failure.getCause()), slow)).isEqualTo(CallFate.UNKNOWN);
            assertThat(pool.execute(get("n"))).contains("1");
        }
    }

    @Test
    void aConnectionLostBetweenTwoRepliesTellsWhichWasExecutedAndWhichIsUnknown() {
        try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
                RedisPool through = RedisPool.builder()
                        .host(proxy.host())
                        .port(proxy.port())
                        .sharedConnections(0)
                        .minSize(1)
                        .maxSize(1)
                        .retry(RetryPolicy.exponential().maxRetries(3).build())
                        .build()) {
            through.execute(get("n"));
            var done = incr("n");
            var lost = incr("m");
            proxy.cutAfterReplyBytes(":1\r\n".length());
            var failure =
                    catchThrowableOfType(OperationFailedException.class, () -> through.execute(batch(done, lost)));
            assertThat(failure).cause().hasMessage("of 2 operations 1 were executed, 0 were not, of 1 it is not known");
            BatchResult result = unknown(failure);
            assertThat(result.get(done)).isEqualTo(1);
            assertThat(fate(result, lost)).isEqualTo(CallFate.UNKNOWN);
            assertThat(pool.execute(get("n"))).as("written once").contains("1");
            assertThat(pool.execute(get("m"))).as("written at most once").isIn(Optional.empty(), Optional.of("1"));
        }
    }

    private static final RedisException LOST = new RedisException("Connection closed");
    private static final RedisException UNSENT = new RedisException("Currently not connected. Commands are rejected.");
    private static final RedisException READONLY = ExceptionFactory.createExecutionException("READONLY a replica");
    private static final RedisException LOADING = ExceptionFactory.createExecutionException("LOADING the data");
    private static final RedisException NOAUTH = ExceptionFactory.createExecutionException("NOAUTH who are you");
    private static final RedisException WRONGTYPE = ExceptionFactory.createExecutionException("WRONGTYPE no");

    /** Outcomes by pairs of an operation and its exception, or its result. */
    private static Optional<Verdict> verdict(Object... operationsAndFates) {
        var outcomes = new ArrayList<BatchOutcome<?>>();
        for (int i = 0; i < operationsAndFates.length; i += 2) {
            outcomes.add(outcome((RedisOperation<?>) operationsAndFates[i], operationsAndFates[i + 1]));
        }
        return BatchVerdict.of(new BatchResult(outcomes));
    }

    @SuppressWarnings("unchecked")
    private static <R> BatchOutcome<R> outcome(RedisOperation<R> operation, Object fate) {
        if (!(fate instanceof RedisException failure)) {
            return new BatchOutcome<>(operation, Optional.of((R) fate), Optional.empty());
        }
        Verdict verdict = new RedisClassifier().classify(failure, Phase.EXECUTE);
        return new BatchOutcome<>(
                operation, Optional.empty(), Optional.of(new OperationFailedException("some", verdict, failure)));
    }

    private static Optional<Verdict> is(ConnectionFate connection, CallFate call) {
        return Optional.of(new Verdict(connection, call));
    }

    @Test
    void itIsRunAgainOnlyIfNoWriteOfItMayHaveRun() {
        RedisOperation<?> read = get("n");
        RedisOperation<?> write = incr("n");
        assertThat(verdict(write, 1L, read, WRONGTYPE)).isEmpty();
        assertThat(verdict(write, 1L, write, LOADING)).as("its own failure").isEmpty();
        assertThat(verdict(write, LOADING, read, LOADING)).isEqualTo(is(ConnectionFate.KEEP, CallFate.NOT_EXECUTED));
        assertThat(verdict(write, UNSENT, write, UNSENT)).isEqualTo(is(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        assertThat(verdict(write, LOST, write, UNSENT)).isEqualTo(is(ConnectionFate.EVICT, CallFate.UNKNOWN));
        assertThat(verdict(write, 1L, write, UNSENT)).isEqualTo(is(ConnectionFate.EVICT, CallFate.UNKNOWN));
        assertThat(verdict(read, LOST, write, UNSENT)).isEqualTo(is(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        assertThat(verdict(read, LOST)).isEqualTo(is(ConnectionFate.EVICT, CallFate.UNKNOWN));
        assertThat(verdict(read, "x", write, READONLY)).isEqualTo(is(ConnectionFate.CLEAR, CallFate.NOT_EXECUTED));
        assertThat(verdict(write, 1L, write, READONLY)).isEqualTo(is(ConnectionFate.CLEAR, CallFate.UNKNOWN));
        assertThat(verdict(write, NOAUTH)).isEqualTo(is(ConnectionFate.EVICT, CallFate.PERMANENT));
    }

    @Test
    void aScriptIsSentWithItsSource() {
        pool.execute(scripts().scriptFlush());
        var script = scripts().evalsha(ScriptCases.ADD, List.of("n"), "5");
        assertThat(pool.execute(batch(get("m"), script), Deadline.after(Duration.ofSeconds(20)))
                        .get(script)
                        .number())
                .isEqualTo(5);
    }
}
