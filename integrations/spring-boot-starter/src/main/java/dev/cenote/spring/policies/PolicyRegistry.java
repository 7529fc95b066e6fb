package dev.cenote.spring.policies;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.Bulkhead;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.retry.Retry;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policies of the application by name: those of {@code cenote.policies.*} and the beans of their types by the names of
 * the beans. What annotations and pools name is looked up here. Immutable; thread-safe.
 *
 * @param retries the retry policies
 * @param circuits the circuit breakers
 * @param bulkheads the bulkheads
 */
public record PolicyRegistry(
        Map<String, Retry> retries, Map<String, Circuit> circuits, Map<String, Bulkhead> bulkheads) {
    public PolicyRegistry {
        retries = Map.copyOf(retries);
        circuits = Map.copyOf(circuits);
        bulkheads = Map.copyOf(bulkheads);
    }

    static PolicyRegistry of(PolicyProperties properties, PolicyRegistry beans) {
        return new PolicyRegistry(
                both("retry", properties.retries(), beans.retries()),
                both("circuit-breaker", properties.circuits(), beans.circuits()),
                both("bulkhead", properties.bulkheads(), beans.bulkheads()));
    }

    private static <P> Map<String, P> both(String kind, Map<String, P> properties, Map<String, P> beans) {
        var all = new TreeMap<>(properties);
        beans.forEach((name, bean) -> {
            if (all.put(name, bean) != null) {
                throw new ConfigurationException("cenote.policies." + kind + "." + name
                        + " must have a name that no bean of its kind has, was that of a bean");
            }
        });
        return all;
    }

    /**
     * The retry policy of that name.
     *
     * @throws ConfigurationException if there is none; the message lists the names there are
     */
    public Retry retry(String name) {
        return find("retry", retries, name);
    }

    /**
     * The circuit breaker of that name.
     *
     * @throws ConfigurationException if there is none; the message lists the names there are
     */
    public Circuit circuit(String name) {
        return find("circuitBreaker", circuits, name);
    }

    private static <P> P find(String kind, Map<String, P> known, String name) {
        P found = known.get(name);
        if (found == null) {
            throw new ConfigurationException(
                    kind + " must be one of " + new TreeSet<>(known.keySet()) + ", was " + name);
        }
        return found;
    }
}
