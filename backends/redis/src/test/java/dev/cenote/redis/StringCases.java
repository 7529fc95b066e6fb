package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.bitmaps;
import static dev.cenote.redis.RedisOperations.hyperLogLogs;
import static dev.cenote.redis.RedisOperations.keys;
import static dev.cenote.redis.RedisOperations.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.redis.RedisBitmaps.BitOperator;
import dev.cenote.redis.RedisBitmaps.RangeUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Of strings, bitmaps and HyperLogLogs. */
final class StringCases {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private StringCases() {}

    private static RedisOperation<Boolean> set(String key, String value) {
        return strings().set(key, value);
    }

    static Stream<OperationCase<?>> all() {
        return Stream.of(values(), numbers(), parts(), bits(), hyperLogLogCases())
                .flatMap(cases -> cases);
    }

    private static Stream<OperationCase<?>> values() {
        SetOptions none = SetOptions.none();
        return Stream.of(
                of("strings.get", strings().get("k")).given(set("k", "v")).gives(Optional.of("v")),
                of("strings.set", strings().set("k", "v"))
                        .anyType()
                        .gives(true)
                        .leaves(strings().get("k"), Optional.of("v")),
                of("strings.set", strings().set("k", "v", none.ifAbsent().expireAfter(HOUR)))
                        .anyType()
                        .gives(true)
                        .leaves(keys().persist("k"), true),
                of("strings.set", strings().set("k", "w", none.ifAbsent()))
                        .anyType()
                        .given(set("k", "v"))
                        .gives(false)
                        .leaves(strings().get("k"), Optional.of("v")),
                of("strings.set", strings().set("k", "w", none.ifPresent().expireAt(LATER)))
                        .anyType()
                        .given(set("k", "v"))
                        .gives(true)
                        .leaves(keys().expireTime("k"), Optional.of(LATER)),
                of("strings.set", strings().set("k", "w", none.keepTtl()))
                        .anyType()
                        .given(strings().setex("k", HOUR, "v"))
                        .gives(true)
                        .leaves(keys().persist("k"), true),
                of("strings.setAndGet", strings().setAndGet("k", "w", none))
                        .given(set("k", "v"))
                        .gives(Optional.of("v"))
                        .leaves(strings().get("k"), Optional.of("w")),
                of("strings.setAndGet", strings().setAndGet("k", "w", none.ifAbsent()))
                        .given(set("k", "v"))
                        .gives(Optional.of("v"))
                        .leaves(strings().get("k"), Optional.of("v")),
                of("strings.getex", strings().getex("k", Expiry.after(HOUR)))
                        .given(set("k", "v"))
                        .gives(Optional.of("v"))
                        .leaves(keys().persist("k"), true),
                of("strings.getex", strings().getex("k", Expiry.never()))
                        .given(strings().setex("k", HOUR, "v"))
                        .gives(Optional.of("v"))
                        .leaves(keys().ttl("k"), Optional.empty()),
                of("strings.getex", strings().getex("k", Expiry.at(LATER)))
                        .given(set("k", "v"))
                        .gives(Optional.of("v"))
                        .leaves(keys().expireTime("k"), Optional.of(LATER)),
                of("strings.getdel", strings().getdel("k"))
                        .given(set("k", "v"))
                        .gives(Optional.of("v"))
                        .leaves(strings().get("k"), Optional.empty()),
                of("strings.setex", strings().setex("k", HOUR, "v"))
                        .anyType()
                        .gives(true)
                        .leaves(strings().get("k"), Optional.of("v"))
                        .leaves(keys().persist("k"), true),
                of("strings.setnx", strings().setnx("k", "v"))
                        .anyType()
                        .gives(true)
                        .leaves(strings().get("k"), Optional.of("v")),
                of("strings.setnx", strings().setnx("k", "w"))
                        .anyType()
                        .given(set("k", "v"))
                        .gives(false),
                of("strings.mget", strings().mget("a", "none", "b"))
                        .anyType()
                        .given(strings().mset(Map.of("a", "1", "b", "2")))
                        .gives(List.of(Optional.of("1"), Optional.empty(), Optional.of("2"))),
                of("strings.mset", strings().mset(Map.of("a", "1", "b", "2")))
                        .anyType()
                        .gives(true)
                        .leaves(strings().get("b"), Optional.of("2")),
                of("strings.msetnx", strings().msetnx(Map.of("a", "1", "b", "2")))
                        .anyType()
                        .gives(true)
                        .leaves(strings().get("a"), Optional.of("1")),
                of("strings.msetnx", strings().msetnx(Map.of("a", "1", "b", "2")))
                        .anyType()
                        .given(set("b", "v"))
                        .gives(false)
                        .leaves(strings().get("a"), Optional.empty()));
    }

    private static Stream<OperationCase<?>> numbers() {
        return Stream.of(
                of("strings.incr", strings().incr("n")).given(set("n", "41")).gives(42L),
                of("strings.incrBy", strings().incrBy("n", -3))
                        .given(set("n", "5"))
                        .gives(2L),
                of("strings.incrByFloat", strings().incrByFloat("n", 0.25))
                        .given(set("n", "1.5"))
                        .gives(1.75),
                of("strings.decr", strings().decr("n")).gives(-1L),
                of("strings.decrBy", strings().decrBy("n", 10))
                        .given(set("n", "52"))
                        .gives(42L));
    }

    private static Stream<OperationCase<?>> parts() {
        return Stream.of(
                of("strings.append", strings().append("k", "def"))
                        .given(set("k", "abc"))
                        .gives(6L)
                        .leaves(strings().get("k"), Optional.of("abcdef")),
                of("strings.strlen", strings().strlen("k"))
                        .given(set("k", "grün"))
                        .gives(5L),
                of("strings.getrange", strings().getrange("k", 1, -2))
                        .given(set("k", "abcde"))
                        .gives("bcd"),
                of("strings.setrange", strings().setrange("k", 2, "XY"))
                        .given(set("k", "abcde"))
                        .gives(5L)
                        .leaves(strings().get("k"), Optional.of("abXYe")),
                of("strings.lcs", strings().lcs("k", "l"))
                        .failsByErr()
                        .given(set("k", "ohmytext"), set("l", "mynewtext"))
                        .gives("mytext"),
                of("strings.lcsLength", strings().lcsLength("k", "l"))
                        .failsByErr()
                        .given(set("k", "ohmytext"), set("l", "mynewtext"))
                        .gives(6L));
    }

    private static Stream<OperationCase<?>> bits() {
        return Stream.of(
                of("bitmaps.setbit", bitmaps().setbit("b", 7, true))
                        .gives(false)
                        .leaves(bitmaps().getbit("b", 7), true),
                of("bitmaps.setbit", bitmaps().setbit("b", 1, false))
                        .given(set("b", "a"))
                        .gives(true)
                        .leaves(bitmaps().getbit("b", 1), false),
                of("bitmaps.getbit", bitmaps().getbit("b", 1))
                        .given(set("b", "a"))
                        .gives(true),
                of("bitmaps.bitcount", bitmaps().bitcount("b"))
                        .given(set("b", "foobar"))
                        .gives(26L),
                of("bitmaps.bitcount", bitmaps().bitcount("b", 1, 1, RangeUnit.BYTE))
                        .given(set("b", "foobar"))
                        .gives(6L),
                of("bitmaps.bitcount", bitmaps().bitcount("b", 5, 30, RangeUnit.BIT))
                        .given(set("b", "foobar"))
                        .gives(17L),
                of("bitmaps.bitpos", bitmaps().bitpos("b", true))
                        .given(set("b", "a"))
                        .gives(Optional.of(1L)),
                of("bitmaps.bitpos", bitmaps().bitpos("b", true)).gives(Optional.empty()),
                of("bitmaps.bitpos", bitmaps().bitpos("b", true, 1, -1))
                        .given(set("b", "aa"))
                        .gives(Optional.of(9L)),
                of("bitmaps.bitop", bitmaps().bitop(BitOperator.OR, "d", "a", "b"))
                        .given(set("a", "a"), set("b", "b"))
                        .gives(1L)
                        .leaves(strings().get("d"), Optional.of("c")),
                of("bitmaps.bitop", bitmaps().bitop(BitOperator.XOR, "a", "a", "b"))
                        .given(set("a", "a"), set("b", "B"))
                        .gives(1L)
                        .leaves(strings().get("a"), Optional.of("#")),
                of("bitmaps.bitfield", bitmaps().bitfield("b", BitField.get("u8", 0)))
                        .given(set("b", "a"))
                        .gives(List.of(Optional.of(97L))),
                of("bitmaps.bitfield", bitmaps().bitfield("b", BitField.set("u8", 0, 98)))
                        .given(set("b", "a"))
                        .gives(List.of(Optional.of(97L)))
                        .leaves(strings().get("b"), Optional.of("b")),
                of(
                                "bitmaps.bitfield",
                                bitmaps()
                                        .bitfield(
                                                "b",
                                                BitField.incrBy("u8", 0, 1)
                                                        .thenOverflow(BitField.Overflow.FAIL)
                                                        .thenIncrBy("u8", 0, 255)
                                                        .thenGet("u8", 0)))
                        .given(set("b", "a"))
                        .gives(List.of(Optional.of(98L), Optional.empty(), Optional.of(98L))));
    }

    private static Stream<OperationCase<?>> hyperLogLogCases() {
        return Stream.of(
                of("hyperLogLogs.pfadd", hyperLogLogs().pfadd("h", "a", "b"))
                        .gives(true)
                        .leaves(hyperLogLogs().pfcount("h"), 2L),
                of("hyperLogLogs.pfcount", hyperLogLogs().pfcount("h", "i"))
                        .given(
                                hyperLogLogs().pfadd("h", "a", "b"),
                                hyperLogLogs().pfadd("i", "b", "c"))
                        .gives(3L),
                of("hyperLogLogs.pfmerge", hyperLogLogs().pfmerge("j", "h", "i"))
                        .given(
                                hyperLogLogs().pfadd("h", "a", "b"),
                                hyperLogLogs().pfadd("i", "b", "c"))
                        .gives(true)
                        .leaves(hyperLogLogs().pfcount("j"), 3L));
    }

    static void close(Optional<Duration> left) {
        assertThat(left).hasValueSatisfying(time -> assertThat(time).isBetween(HOUR.dividedBy(2), HOUR));
    }
}
