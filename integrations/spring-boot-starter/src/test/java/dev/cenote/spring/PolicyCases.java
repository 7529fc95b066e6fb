package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.Bulkhead;
import dev.cenote.decorators.annotations.WithDeadline;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.spring.policies.PolicyRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

/** {@code cenote.policies.*}, by the policies that they make. */
final class PolicyCases {
    private static final String PREFIX = "cenote.policies";

    private PolicyCases() {}

    static void all(PropertyScene scene) {
        retry("form", "steady", "fixed", scene, "base PT0.05S, cap PT0.05S, multiplier 1.0, jitter 0.0");
        retry("max-retries", "patient", "5", scene, "maxRetries 5");
        retry("base", "patient", "60ms", scene, "base PT0.06S");
        retry("cap", "patient", "6s", scene, "cap PT6S");
        retry("multiplier", "patient", "3", scene, "multiplier 3.0");
        retry("jitter", "patient", "0.5", scene, "jitter 0.5");
        retry("budget-share", "patient", "0.3", scene, "share 0.3");
        retry("min-retries-per-second", "patient", "7", scene, "minRetriesPerSecond 7.0");

        circuit("failure-threshold", "6", scene, "failureThreshold=6");
        circuit("failure-rate", "0.75", scene, "failures=Optional[0.75]");
        circuit("slow-call-rate", "0.9", scene, "slow=Optional[0.9]");
        circuit("slow-call", "3s", scene, "slowNanos=3000000000");
        circuit("window-calls", "12", scene, "size 12");
        circuit("minimum-calls", "8", scene, "minimumCalls=8");
        circuit("reset-timeout", "2s", scene, "resetTimeout=PT2S");
        circuit("half-open-probes", "2", scene, "halfOpenProbes=2");

        bulkheads(scene);
    }

    private static PolicyRegistry registry(ConfigurableApplicationContext context) {
        return context.getBean(PolicyRegistry.class);
    }

    private static void retry(String name, String policy, String value, PropertyScene scene, String words) {
        scene.with(PREFIX + ".retry.*." + name, PREFIX + ".retry." + policy + "." + name, value, context -> {
            var made = (RetryPolicy) registry(context).retry(policy);
            assertThat(made + " with " + made.budget()).contains(policy).contains(words);
        });
    }

    /** A breaker says nothing of its options, so they are read where it keeps them. */
    private static void circuit(String name, String value, PropertyScene scene, String words) {
        scene.with(
                PREFIX + ".circuit-breaker.*." + name, PREFIX + ".circuit-breaker.patient." + name, value, context -> {
                    var made = (CircuitBreaker) registry(context).circuit("patient");
                    Object options = ReflectionTestUtils.getField(made, "options");
                    Object window = ReflectionTestUtils.invokeMethod(options, "newWindow");
                    String all = options + ", " + ReflectionTestUtils.getField(window, "rates") + ", size "
                            + ReflectionTestUtils.getField(window, "size");
                    assertThat(all).contains("name=patient").contains(words);
                });
    }

    private static void bulkheads(PropertyScene scene) {
        String bulkhead = PREFIX + ".bulkhead.";
        scene.with(bulkhead + "*.max-concurrent-calls", bulkhead + "patient.max-concurrent-calls", "3", context -> {
            Bulkhead made = registry(context).bulkheads().get("patient");
            assertThat(IntStream.range(0, 3).allMatch(call -> made.tryAcquire()))
                    .isTrue();
            assertThat(made.tryAcquire()).isFalse();
            IntStream.range(0, 3).forEach(call -> made.release());
        });
        scene.with(
                bulkhead + "*.max-wait",
                bulkhead + "patient.max-wait",
                "250ms",
                context -> assertThat(ReflectionTestUtils.getField(
                                registry(context).bulkheads().get("patient"), "maxWait"))
                        .isEqualTo(Duration.ofMillis(250)));
    }

    static void leftOut(PropertyScene scene) {
        scene.with(Annotated.class);
        scene.with(
                PREFIX + ".annotations",
                "false",
                context -> assertThat(AopUtils.isAopProxy(context.getBean(Orders.class)))
                        .isFalse());
    }

    /** Has a bean that would get policies. */
    @Configuration(proxyBeanMethods = false)
    static class Annotated {
        @Bean
        Orders orders() {
            return new Orders();
        }
    }

    static class Orders {
        @WithDeadline("2s")
        public void place() {}
    }
}
