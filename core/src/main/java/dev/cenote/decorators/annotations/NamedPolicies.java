package dev.cenote.decorators.annotations;

import dev.cenote.circuit.Circuit;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Map;
import java.util.TreeSet;

/** The policies that annotations may name. */
record NamedPolicies(
        Map<String, dev.cenote.retry.Retry> retries,
        Map<String, Circuit> circuits,
        Map<String, dev.cenote.decorators.Bulkhead> bulkheads,
        TimeSource clock) {
    dev.cenote.retry.Retry retry(String name, String where) {
        return find("retry", retries, name, where);
    }

    Circuit circuit(String name, String where) {
        return find("circuit breaker", circuits, name, where);
    }

    dev.cenote.decorators.Bulkhead bulkhead(String name, String where) {
        return find("bulkhead", bulkheads, name, where);
    }

    private static <P> P find(String kind, Map<String, P> known, String name, String where) {
        P policy = known.get(name);
        if (policy == null) {
            throw new ConfigurationException(
                    where + ": no " + kind + " is named \"" + name + "\"; known are " + new TreeSet<>(known.keySet()));
        }
        return policy;
    }
}
