package dev.cenote.decorators.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.retry.RetryPolicy;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecoratedMethodsTest {
    private final DecoratedMethods methods = new DecoratedMethods(
            Map.of(
                    "twice",
                    RetryPolicy.fixed(Duration.ofNanos(1))
                            .maxRetries(1)
                            .retryUnclassifiedAtOwnRisk(error -> !"down".equals(error.getMessage()))
                            .build()),
            Map.of("orders", CircuitBreaker.builder().build()),
            Map.of(),
            TimeSource.system());

    static class Orders {
        @ReadOnly
        @Retry(name = "twice", fallbackMethod = "unknown")
        String find(long id) {
            return "order " + id;
        }

        private String unknown(long id, IllegalStateException error) {
            return "unknown " + id + ", " + error.getMessage();
        }

        String plain() {
            return "plain";
        }
    }

    @dev.cenote.decorators.annotations.CircuitBreaker(name = "orders")
    static class Guarded {
        String find() {
            return "found";
        }

        @Override
        public String toString() {
            return "guarded";
        }
    }

    static class Wrong {
        @Retry(name = "thrice")
        String find() {
            return "found";
        }
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachAttemptRunsTheBody() throws Exception {
        var attempts = new AtomicInteger();
        DecoratedMethods.Decoration decoration =
                methods.find(Orders.class, method(Orders.class, "find")).orElseThrow();

        Object result = decoration.call(new Orders(), new Object[] {7L}, () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
            }
            return "attempt " + attempts;
        });

        assertThat(result).isEqualTo("attempt 2");
    }

    @Test
    void aFallbackThatOnlyItsClassSeesAnswers() throws Exception {
        DecoratedMethods.Decoration decoration =
                methods.find(Orders.class, method(Orders.class, "find")).orElseThrow();

        Object result = decoration.call(new Orders(), new Object[] {7L}, () -> {
            throw new IllegalStateException("down");
        });

        assertThat(result).asString().startsWith("unknown 7, ");
    }

    @Test
    void anErrorThatNoFallbackTakesFlowsOut() {
        DecoratedMethods.Decoration decoration =
                methods.find(Orders.class, method(Orders.class, "find")).orElseThrow();

        assertThatThrownBy(() -> decoration.call(new Orders(), new Object[] {7L}, () -> {
                    throw new UncheckedIOException(new java.io.IOException("down"));
                }))
                .hasMessageContaining("down");
    }

    @Test
    void policiesGoByTheVerdictOfTheReaderAndFallbacksByTheErrorItself() throws Exception {
        var attempts = new AtomicInteger();
        DecoratedMethods.Decoration decoration = new DecoratedMethods(
                        Map.of(
                                "twice",
                                RetryPolicy.fixed(Duration.ofNanos(1))
                                        .maxRetries(1)
                                        .build()),
                        Map.of(),
                        Map.of(),
                        TimeSource.system())
                .withErrorReader((error, effect) -> effect == Effect.READ_ONLY && attempts.get() == 1
                        ? Optional.of(new Verdict(ConnectionFate.KEEP, CallFate.UNKNOWN))
                        : Optional.empty())
                .find(Orders.class, method(Orders.class, "find"))
                .orElseThrow();

        Object retried = decoration.call(new Orders(), new Object[] {7L}, () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
            }
            return "second";
        });
        Object answered = decoration.call(new Orders(), new Object[] {7L}, () -> {
            attempts.set(7);
            throw new IllegalStateException("unread");
        });

        assertThat(retried).isEqualTo("second");
        assertThat(answered).isEqualTo("unknown 7, unread");
    }

    @Test
    void theCallerGetsTheErrorItself() {
        DecoratedMethods.Decoration decoration = methods.withErrorReader(
                        (error, effect) -> Optional.of(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT)))
                .find(Guarded.class, method(Guarded.class, "find"))
                .orElseThrow();
        var error = new IllegalStateException("no");

        assertThatThrownBy(() -> decoration.call(new Guarded(), new Object[0], () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void aMethodWithoutAnnotationsHasNothingRoundIt() {
        Method plain = method(Orders.class, "plain");

        assertThat(DecoratedMethods.isDecorated(Orders.class, plain)).isFalse();
        assertThat(methods.find(Orders.class, plain)).isEmpty();
    }

    @Test
    void anAnnotationOfTheClassHoldsForItsMethodsButNotForThoseOfEveryObject() {
        assertThat(DecoratedMethods.isDecorated(Guarded.class, method(Guarded.class, "find")))
                .isTrue();
        assertThat(methods.find(Guarded.class, method(Guarded.class, "find"))).isPresent();
        assertThat(DecoratedMethods.isDecorated(Guarded.class, method(Guarded.class, "toString")))
                .isFalse();
        assertThat(methods.find(Guarded.class, method(Guarded.class, "toString")))
                .isEmpty();
    }

    @Test
    void aPolicyThatIsNotKnownIsNamed() {
        assertThat(DecoratedMethods.isDecorated(Wrong.class, method(Wrong.class, "find")))
                .isTrue();
        assertThatThrownBy(() -> methods.find(Wrong.class, method(Wrong.class, "find")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Wrong.find: no retry is named \"thrice\"; known are [twice]");
    }
}
