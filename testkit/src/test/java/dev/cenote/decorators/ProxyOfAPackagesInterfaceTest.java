package dev.cenote.decorators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.annotations.DecoratedProxy;
import org.junit.jupiter.api.Test;

/** An interface that only its own package sees, which is not that of the proxy's maker. */
class ProxyOfAPackagesInterfaceTest {
    interface Hidden {
        @dev.cenote.decorators.annotations.CircuitBreaker(name = "db", fallbackMethod = "other")
        String answer(int number);

        default String other(int number) {
            return "other " + number;
        }
    }

    @Test
    void itIsDecoratedAsAnyOther() {
        CircuitBreaker circuit = CircuitBreaker.builder().build();
        Hidden hidden = DecoratedProxy.of(Hidden.class, (Hidden) number -> "answer " + number)
                .circuitBreaker("db", circuit)
                .build();
        assertThat(hidden.answer(1)).isEqualTo("answer 1");
        circuit.forceOpen();
        assertThat(hidden.answer(2)).isEqualTo("other 2");
    }
}
