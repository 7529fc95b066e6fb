package dev.cenote;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.pool.OptionsByName;
import dev.cenote.protocols.Durations;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.retry.RetryPolicy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The parameters of a URI that are the pool's, by their name without the prefix. */
final class PoolParameters {
    private static final Map<String, BiConsumer<PoolBuilder<?, ?>, String>> BY_NAME = new TreeMap<>();

    static {
        for (String name : OptionsByName.names()) {
            BY_NAME.put(name, (builder, value) -> OptionsByName.set(builder, name, value));
        }
        BY_NAME.put("callTimeout", (builder, value) -> builder.callTimeout(Durations.parse("callTimeout", value)));
        BY_NAME.put(
                "maxRetries",
                (builder, value) -> builder.retry(RetryPolicy.exponential()
                        .maxRetries(integer("maxRetries", value))
                        .build()));
        BY_NAME.put(
                "failureThreshold",
                (builder, value) -> builder.circuitBreaker(CircuitBreaker.builder()
                        .failureThreshold(integer("failureThreshold", value))
                        .build()));
    }

    private PoolParameters() {}

    static void apply(Map<String, String> parameters, PoolBuilder<?, ?> builder) {
        parameters.forEach((name, value) -> {
            BiConsumer<PoolBuilder<?, ?>, String> parameter = BY_NAME.get(name);
            if (parameter == null) {
                throw new ConfigurationException(
                        "parameter pool." + name + " is unknown; known are " + BY_NAME.keySet());
            }
            parameter.accept(builder, value);
        });
    }

    private static int integer(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException malformed) {
            throw new ConfigurationException(name + " must be a whole number, was " + value);
        }
    }
}
