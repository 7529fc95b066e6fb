package dev.cenote.redis;

import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link ReplyOutput} has gathered. What is not of the type that a command must answer with is an error. */
final class Reply {
    /** What becomes of a reply. */
    record Decoder<R>(Class<? super R> type, Function<@Nullable Object, R> from) {}

    static final Decoder<Long> NUMBER = new Decoder<>(Long.class, Reply::number);
    static final Decoder<Double> DECIMAL = new Decoder<>(Double.class, Reply::decimal);
    static final Decoder<String> TEXT = new Decoder<>(String.class, Reply::text);
    static final Decoder<Optional<Long>> OPTIONAL_NUMBER = optional(Reply::number);
    static final Decoder<Optional<Double>> OPTIONAL_DECIMAL = optional(Reply::decimal);
    static final Decoder<Optional<String>> OPTIONAL_TEXT = optional(Reply::text);
    static final Decoder<List<String>> TEXTS = list(Reply::text);
    static final Decoder<List<Boolean>> TRUTHS = list(Reply::isTrue);
    /** True if it is 1. */
    static final Decoder<Boolean> TRUTH = new Decoder<>(Boolean.class, Reply::isTrue);
    /** True if it is OK, false if it is nothing. */
    static final Decoder<Boolean> OK =
            new Decoder<>(Boolean.class, reply -> reply != null && text(reply).equals("OK"));

    static final Decoder<RedisReply> ANY = new Decoder<>(RedisReply.class, RedisReply::new);

    private Reply() {}

    // ---- what answers are made of

    static <R> Decoder<Optional<R>> optional(Function<? super Object, R> element) {
        return new Decoder<>(Optional.class, reply -> maybe(reply, element));
    }

    static <R> Decoder<List<R>> list(Function<@Nullable Object, R> element) {
        return new Decoder<>(List.class, reply -> each(reply, element));
    }

    static <R> Optional<R> maybe(@Nullable Object reply, Function<? super Object, R> element) {
        return reply == null ? Optional.empty() : Optional.of(element.apply(reply));
    }

    static <R> List<R> each(@Nullable Object reply, Function<@Nullable Object, R> element) {
        List<@Nullable Object> elements = elements(reply);
        var results = new ArrayList<R>(elements.size());
        for (Object one : elements) {
            results.add(element.apply(one));
        }
        return results;
    }

    /** Of a list of pairs, which the older protocol tells as one flat list. */
    static <R> List<R> pairs(@Nullable Object reply, BiFunction<@Nullable Object, @Nullable Object, R> pair) {
        List<@Nullable Object> elements = elements(reply);
        var results = new ArrayList<R>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof List<?> together) {
                results.add(pair.apply(together.get(0), together.get(1)));
            } else {
                results.add(pair.apply(elements.get(i), elements.get(++i)));
            }
        }
        return results;
    }

    /** What is told by name. */
    static Map<String, RedisReply> told(@Nullable Object reply) {
        var told = new LinkedHashMap<String, RedisReply>();
        pairs(reply, (name, value) -> told.put(text(name), new RedisReply(value)));
        return told;
    }

    /** Nothing where an older server does not tell it. */
    static RedisReply of(Map<String, RedisReply> told, String name) {
        return told.getOrDefault(name, new RedisReply(null));
    }

    // ---- elements

    /** Empty if there is none. */
    @SuppressWarnings("unchecked") // a ReplyOutput makes no other lists
    static List<@Nullable Object> elements(@Nullable Object reply) {
        if (reply == null) {
            return List.of();
        }
        if (reply instanceof List<?> elements) {
            return (List<@Nullable Object>) elements;
        }
        throw unexpected("a list", reply);
    }

    /** Strict: a number in the place of a value is another command's reply, and the connection out of step. */
    static byte[] bytes(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return bytes;
        }
        throw unexpected("text or bytes", reply);
    }

    /** Of a reply whose type only its reader knows, a number or a truth too. */
    static byte[] printed(Object reply) {
        return reply instanceof Number || reply instanceof Boolean
                ? reply.toString().getBytes(StandardCharsets.US_ASCII)
                : bytes(reply);
    }

    static String text(@Nullable Object reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    static long number(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        if (reply instanceof byte[]) {
            try {
                return Long.parseLong(text(reply));
            } catch (NumberFormatException other) {
                throw unexpected("a number", reply);
            }
        }
        throw unexpected("a number", reply);
    }

    static double decimal(@Nullable Object reply) {
        if (reply instanceof Number number) {
            return number.doubleValue();
        }
        if (!(reply instanceof byte[])) {
            throw unexpected("a decimal number", reply);
        }
        String text = text(reply);
        return switch (text) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> parsed(text, reply);
        };
    }

    private static double parsed(String text, Object reply) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException other) {
            throw unexpected("a decimal number", reply);
        }
    }

    static boolean isTrue(@Nullable Object reply) {
        return reply instanceof Boolean truth ? truth : number(reply) == 1;
    }

    static Duration millis(@Nullable Object reply) {
        return Duration.ofMillis(number(reply));
    }

    /** An error that a script or a transaction has in its list is thrown as if it stood alone. */
    private static RuntimeException unexpected(String wanted, @Nullable Object reply) {
        if (reply instanceof RuntimeException error) {
            return error;
        }
        return new RedisException("the reply must be " + wanted + ", was "
                + (reply == null ? "none" : reply.getClass().getSimpleName()));
    }
}
