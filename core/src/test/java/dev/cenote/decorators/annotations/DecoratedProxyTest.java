package dev.cenote.decorators.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.BulkheadFullException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecoratedProxyTest {
    private final dev.cenote.circuit.CircuitBreaker circuit = dev.cenote.circuit.CircuitBreaker.builder()
            .name("db")
            .failureThreshold(3)
            .build();

    private final RetryPolicy policy =
            RetryPolicy.exponential().base(Duration.ofMillis(1)).build();

    private int calls;

    static OperationFailedException failed(CallFate fate) {
        return new OperationFailedException("find", new Verdict(ConnectionFate.EVICT, fate), new IOException("reset"));
    }

    @CircuitBreaker(name = "db")
    @Retry(name = "db")
    interface Users {
        @ReadOnly
        Optional<String> find(int id) throws IOException;

        void rename(int id, String name);

        @Idempotent
        CompletionStage<String> touch(int id);

        @ReadOnly
        Flow.Publisher<Integer> all();

        @WithDeadline("200ms")
        long left();

        @WithDeadline("50ms")
        CompletableFuture<String> never();

        @Retry(name = "db", fallbackMethod = "cached")
        String name(int id);

        default String cached(int id, CircuitOpenException open) {
            return "cached " + id;
        }

        default String cached(int id, Exception any) {
            return "any " + id + " " + any.getClass().getSimpleName();
        }
    }

    /** Fails so often, then answers. */
    private class Failing implements Users {
        private final int times;
        private final CallFate fate;

        Failing(int times, CallFate fate) {
            this.times = times;
            this.fate = fate;
        }

        private void call() {
            if (++calls <= times) {
                throw failed(fate);
            }
        }

        @Override
        public Optional<String> find(int id) throws IOException {
            if (id < 0) {
                throw new IOException("no such file");
            }
            call();
            return Optional.of("user " + id);
        }

        @Override
        public void rename(int id, String name) {
            call();
        }

        @Override
        public CompletionStage<String> touch(int id) {
            return ++calls <= times
                    ? CompletableFuture.failedFuture(failed(fate))
                    : CompletableFuture.completedFuture("touched");
        }

        @Override
        public Flow.Publisher<Integer> all() {
            int call = ++calls;
            return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                private int next = 1;

                @Override
                public void request(long n) {
                    for (long i = 0; i < n && next <= 3; i++) {
                        if (call <= times && next == (fate == CallFate.NOT_EXECUTED ? 1 : 3)) {
                            next = 4;
                            subscriber.onError(failed(fate));
                            return;
                        }
                        subscriber.onNext(next++);
                    }
                    if (next == 4) {
                        next++;
                        subscriber.onComplete();
                    }
                }

                @Override
                public void cancel() {
                    next = 9;
                }
            });
        }

        @Override
        public long left() {
            return Deadline.current().remaining().toMillis();
        }

        @Override
        public CompletableFuture<String> never() {
            return new CompletableFuture<>();
        }

        @Override
        public String name(int id) {
            call();
            return "name " + id;
        }
    }

    private Users users(int times, CallFate fate) {
        return DecoratedProxy.of(Users.class, new Failing(times, fate))
                .retry("db", policy)
                .circuitBreaker("db", circuit)
                .build();
    }

    @Test
    void readsAreTriedAgain() throws Exception {
        assertThat(users(2, CallFate.UNKNOWN).find(7)).contains("user 7");
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void writesAreTriedAgainOnlyIfTheyNeverRan() {
        assertThatThrownBy(() -> users(1, CallFate.UNKNOWN).rename(7, "x"))
                .isInstanceOf(OperationFailedException.class);
        calls = 0;
        users(1, CallFate.NOT_EXECUTED).rename(7, "x");
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void stagesAreTriedAgain() throws Exception {
        var stage = users(1, CallFate.UNKNOWN).touch(7).toCompletableFuture();
        assertThat(stage.get(20, TimeUnit.SECONDS)).isEqualTo("touched");
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void checkedExceptionsFlowOutUnchanged() {
        assertThatThrownBy(() -> users(0, CallFate.UNKNOWN).find(-1))
                .isInstanceOf(IOException.class)
                .hasMessage("no such file");
    }

    @Test
    void theCircuitOpensAndTheNearestFallbackAnswers() {
        Users users = users(99, CallFate.UNKNOWN);
        assertThat(users.name(1)).isEqualTo("any 1 OperationFailedException");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> users.rename(1, "x")).isInstanceOf(OperationFailedException.class);
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThatThrownBy(() -> users.rename(1, "x")).isInstanceOf(CircuitOpenException.class);
        assertThat(users.name(1)).isEqualTo("cached 1");
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void deadlinesAreInheritedByTheCallAndEndStages() {
        assertThat(users(0, CallFate.UNKNOWN).left()).isBetween(0L, 200L);
        assertThatThrownBy(() -> users(0, CallFate.UNKNOWN).never().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(OperationTimeoutException.class);
    }

    // ---- publishers

    private List<Object> told(Flow.Publisher<Integer> publisher, long demand) throws Exception {
        var told = new ArrayList<Object>();
        var ended = new CompletableFuture<Void>();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(demand);
            }

            @Override
            public void onNext(Integer item) {
                told.add(item);
            }

            @Override
            public void onError(Throwable failure) {
                told.add(failure);
                ended.complete(null);
            }

            @Override
            public void onComplete() {
                told.add("complete");
                ended.complete(null);
            }
        });
        ended.get(20, TimeUnit.SECONDS);
        return told;
    }

    @Test
    void aSubscriptionIsTriedAgainBeforeItsFirstElement() throws Exception {
        assertThat(told(users(2, CallFate.NOT_EXECUTED).all(), Long.MAX_VALUE)).containsExactly(1, 2, 3, "complete");
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void aSubscriptionThatHasGivenElementsIsNotTriedAgain() throws Exception {
        List<Object> told = told(users(1, CallFate.UNKNOWN).all(), 10);
        assertThat(told).hasSize(3).startsWith(1, 2);
        assertThat(told.get(2)).isInstanceOf(OperationFailedException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aCancelledSubscriptionCancelsItsSource() {
        interface Feed {
            @ReadOnly
            @Retry(name = "db")
            Flow.Publisher<Integer> feed();
        }
        try (var source = new SubmissionPublisher<Integer>()) {
            var feed = DecoratedProxy.of(Feed.class, (Feed) () -> source)
                    .retry("db", policy)
                    .build();
            feed.feed().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.cancel();
                }

                @Override
                public void onNext(Integer item) {}

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onComplete() {}
            });
            assertThat(source.getNumberOfSubscribers()).isZero();
        }
    }

    // ---- what is wrong is told when the proxy is made

    private static <T> void refused(Class<T> type, T target, String message) {
        assertThatThrownBy(() -> DecoratedProxy.of(type, target)
                        .retry("db", RetryPolicy.exponential().build())
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    interface Unnamed {
        @Retry(name = "none")
        int count();
    }

    interface Malformed {
        @WithDeadline("soon")
        int count();
    }

    interface Streaming {
        @Retry(name = "db")
        Stream<String> lines();
    }

    interface Futures {
        @Retry(name = "db")
        Future<String> later();
    }

    interface Lazy {
        @Retry(name = "db")
        Iterable<String> lines();
    }

    interface Supplied {
        @Retry(name = "db")
        Supplier<String> later();
    }

    interface NoFallback {
        @Retry(name = "db", fallbackMethod = "missing")
        int count(String of);
    }

    interface Contradicting {
        @ReadOnly
        @Idempotent
        int count();
    }

    @Test
    void whatCannotBeDecoratedIsRefusedAtCreation() {
        refused(Unnamed.class, () -> 1, "Unnamed.count: no retry is named \"none\"; known are [db]");
        refused(Malformed.class, () -> 1, "Malformed.count: WithDeadline must be a duration such as 500ms");
        refused(Streaming.class, Stream::empty, "Streaming.lines: a method that gives java.util.stream.Stream");
        refused(
                Futures.class,
                CompletableFuture::new,
                "Futures.later: a method that gives java.util.concurrent.Future");
        refused(Lazy.class, List::of, "Lazy.lines: a method that gives java.lang.Iterable");
        refused(Supplied.class, () -> () -> "later", "Supplied.later: a method that gives java.util.function.Supplier");
        refused(
                NoFallback.class,
                of -> 1,
                "NoFallback.count: fallbackMethod must name a method of NoFallback that gives int and takes [String], with"
                        + " or without one more parameter for the error; was \"missing\"");
        refused(Contradicting.class, () -> 1, "Contradicting.count: ReadOnly and Idempotent exclude each other");
        assertThatThrownBy(() -> DecoratedProxy.of(String.class, "text"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("type must be an interface, was java.lang.String");
    }

    interface Plain {
        @Bulkhead(name = "few")
        String slow(Runnable meanwhile);

        Stream<String> undecorated();
    }

    @Test
    void bulkheadsRefuseAndUndecoratedMethodsAreLeftAlone() {
        var bulkhead = dev.cenote.decorators.Bulkhead.of("few", 1, Duration.ZERO);
        Plain plain = DecoratedProxy.of(Plain.class, new Plain() {
                    @Override
                    public String slow(Runnable meanwhile) {
                        meanwhile.run();
                        return "done";
                    }

                    @Override
                    public Stream<String> undecorated() {
                        return Stream.of("line");
                    }
                })
                .bulkhead("few", bulkhead)
                .build();
        assertThat(plain.slow(() -> assertThatThrownBy(() -> plain.slow(() -> {}))
                        .isInstanceOf(BulkheadFullException.class)
                        .hasMessage("bulkhead few is full: as many calls are under way as it allows")))
                .isEqualTo("done");
        assertThat(plain.undecorated()).containsExactly("line");
        assertThat(plain).isEqualTo(plain).hasSameHashCodeAs(plain);
        assertThat(plain.toString()).startsWith("Decorated[");
    }

    @Test
    void exhaustedRetriesTellAllAttempts() {
        assertThatThrownBy(() -> users(99, CallFate.NOT_EXECUTED).rename(1, "x"))
                .isInstanceOf(RetriesExhaustedException.class)
                .hasMessageStartingWith("Users.rename failed after 4 attempts");
    }
}
