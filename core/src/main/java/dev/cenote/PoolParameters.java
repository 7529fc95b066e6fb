package dev.cenote;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.pool.AcquireSites;
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
        BY_NAME.put("name", (builder, value) -> builder.name(value));
        BY_NAME.put("minSize", (builder, value) -> builder.minSize(integer("minSize", value)));
        BY_NAME.put("maxSize", (builder, value) -> builder.maxSize(integer("maxSize", value)));
        BY_NAME.put("maxConnecting", (builder, value) -> builder.maxConnecting(integer("maxConnecting", value)));
        BY_NAME.put(
                "acquireTimeout", (builder, value) -> builder.acquireTimeout(Durations.parse("acquireTimeout", value)));
        BY_NAME.put(
                "connectTimeout", (builder, value) -> builder.connectTimeout(Durations.parse("connectTimeout", value)));
        BY_NAME.put(
                "validateTimeout",
                (builder, value) -> builder.validateTimeout(Durations.parse("validateTimeout", value)));
        BY_NAME.put("resetTimeout", (builder, value) -> builder.resetTimeout(Durations.parse("resetTimeout", value)));
        BY_NAME.put(
                "operationTimeout",
                (builder, value) -> builder.operationTimeout(Durations.parse("operationTimeout", value)));
        BY_NAME.put(
                "connectBackoffBase",
                (builder, value) -> builder.connectBackoffBase(Durations.parse("connectBackoffBase", value)));
        BY_NAME.put(
                "connectBackoffCap",
                (builder, value) -> builder.connectBackoffCap(Durations.parse("connectBackoffCap", value)));
        BY_NAME.put(
                "validateAfterIdle",
                (builder, value) -> builder.validateAfterIdle(Durations.parse("validateAfterIdle", value)));
        BY_NAME.put("maxLifetime", (builder, value) -> builder.maxLifetime(Durations.parse("maxLifetime", value)));
        BY_NAME.put("lifetimeJitter", (builder, value) -> builder.lifetimeJitter(decimal("lifetimeJitter", value)));
        BY_NAME.put("idleTimeout", (builder, value) -> builder.idleTimeout(Durations.parse("idleTimeout", value)));
        BY_NAME.put(
                "keepaliveInterval",
                (builder, value) -> builder.keepaliveInterval(Durations.parse("keepaliveInterval", value)));
        BY_NAME.put(
                "leakThreshold", (builder, value) -> builder.leakThreshold(Durations.parse("leakThreshold", value)));
        BY_NAME.put("acquireSites", (builder, value) -> builder.acquireSites(sites(value)));
        BY_NAME.put("startPaused", (builder, value) -> builder.startPaused(bool("startPaused", value)));
        BY_NAME.put("jmx", (builder, value) -> builder.jmx(bool("jmx", value)));
        BY_NAME.put("maxWaiters", (builder, value) -> builder.maxWaiters(integer("maxWaiters", value)));
        BY_NAME.put("queueTarget", (builder, value) -> builder.queueTarget(Durations.parse("queueTarget", value)));
        BY_NAME.put(
                "queueInterval", (builder, value) -> builder.queueInterval(Durations.parse("queueInterval", value)));
        BY_NAME.put(
                "keeperInterval", (builder, value) -> builder.keeperInterval(Durations.parse("keeperInterval", value)));
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

    private static double decimal(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException malformed) {
            throw new ConfigurationException(name + " must be a number, was " + value);
        }
    }

    private static AcquireSites sites(String value) {
        return switch (value) {
            case "none" -> AcquireSites.NONE;
            case "sampled" -> AcquireSites.SAMPLED;
            case "all" -> AcquireSites.ALL;
            default -> throw new ConfigurationException("acquireSites must be none, sampled or all, was " + value);
        };
    }

    private static boolean bool(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigurationException(name + " must be true or false, was " + value);
        };
    }
}
