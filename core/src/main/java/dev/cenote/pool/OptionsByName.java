package dev.cenote.pool;

import dev.cenote.protocols.Durations;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The options of a pool as text, by name: for URIs, properties and whatever else is written and not compiled. */
public final class OptionsByName {
    private static final String OFF = "off";

    private static final Map<String, BiConsumer<PoolOptionsBuilder<?>, String>> BY_NAME = new TreeMap<>();

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
        BY_NAME.put(
                "maxLifetime",
                orOff(
                        (builder, value) -> builder.maxLifetime(Durations.parse("maxLifetime", value)),
                        PoolOptionsBuilder::withoutMaxLifetime));
        BY_NAME.put("lifetimeJitter", (builder, value) -> builder.lifetimeJitter(decimal("lifetimeJitter", value)));
        BY_NAME.put(
                "idleTimeout",
                orOff(
                        (builder, value) -> builder.idleTimeout(Durations.parse("idleTimeout", value)),
                        PoolOptionsBuilder::withoutIdleTimeout));
        BY_NAME.put(
                "keepaliveInterval",
                orOff(
                        (builder, value) -> builder.keepaliveInterval(Durations.parse("keepaliveInterval", value)),
                        PoolOptionsBuilder::withoutKeepalive));
        BY_NAME.put(
                "leakThreshold",
                orOff(
                        (builder, value) -> builder.leakThreshold(Durations.parse("leakThreshold", value)),
                        PoolOptionsBuilder::withoutLeakThreshold));
        BY_NAME.put("acquireSites", (builder, value) -> builder.acquireSites(sites(value)));
        BY_NAME.put("jmx", (builder, value) -> builder.jmx(bool("jmx", value)));
        BY_NAME.put("startPaused", (builder, value) -> builder.startPaused(bool("startPaused", value)));
        BY_NAME.put("maxWaiters", (builder, value) -> builder.maxWaiters(integer("maxWaiters", value)));
        BY_NAME.put(
                "queueTarget",
                orOff(
                        (builder, value) -> builder.queueTarget(Durations.parse("queueTarget", value)),
                        PoolOptionsBuilder::withoutQueueTarget));
        BY_NAME.put(
                "queueInterval", (builder, value) -> builder.queueInterval(Durations.parse("queueInterval", value)));
        BY_NAME.put(
                "keeperInterval", (builder, value) -> builder.keeperInterval(Durations.parse("keeperInterval", value)));
    }

    private OptionsByName() {}

    /** The names of all options that can be told as text, sorted. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /**
     * Sets the option of that name.
     *
     * @param value as its builder's method has it: a number, {@code true} or {@code false}, a duration such as {@code
     *     500ms} or {@code PT30S}; {@code off} for what can be off
     * @throws ConfigurationException if there is no such option, or the value is not of its kind
     */
    public static void set(PoolOptionsBuilder<?> builder, String name, String value) {
        BiConsumer<PoolOptionsBuilder<?>, String> option = BY_NAME.get(name);
        if (option == null) {
            throw new ConfigurationException("option must be one of " + names() + ", was " + name);
        }
        option.accept(builder, value);
    }

    private static BiConsumer<PoolOptionsBuilder<?>, String> orOff(
            BiConsumer<PoolOptionsBuilder<?>, String> on, Consumer<PoolOptionsBuilder<?>> off) {
        return (builder, value) -> {
            if (value.equals(OFF)) {
                off.accept(builder);
            } else {
                on.accept(builder, value);
            }
        };
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
