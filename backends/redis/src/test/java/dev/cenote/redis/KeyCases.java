package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.hashes;
import static dev.cenote.redis.RedisOperations.keys;
import static dev.cenote.redis.RedisOperations.strings;
import static dev.cenote.redis.RedisOperations.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Of keys, hashes, and publishing. */
final class KeyCases {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    private static final Map<String, String> TWO = Map.of("a", "1", "b", "2");

    private KeyCases() {}

    private static RedisOperation<Boolean> set(String key) {
        return strings().set(key, "v");
    }

    static Stream<OperationCase<?>> all() {
        return Stream.of(
                        existence().map(OperationCase::anyType),
                        expiry().map(OperationCase::anyType),
                        names().map(OperationCase::anyType),
                        fields(),
                        someFields())
                .flatMap(cases -> cases);
    }

    private static Stream<OperationCase<?>> existence() {
        return Stream.of(
                of("keys.delete", keys().delete("k", "none"))
                        .given(set("k"))
                        .gives(1L)
                        .leaves(keys().exists("k"), 0L),
                of("keys.unlink", keys().unlink("k")).given(set("k")).gives(1L).leaves(keys().exists("k"), 0L),
                of("keys.exists", keys().exists("k", "none", "k"))
                        .given(set("k"))
                        .gives(2L),
                of("keys.touch", keys().touch("k", "none")).given(set("k")).gives(1L),
                of("keys.type", keys().type("k"))
                        .given(hashes().hset("k", "f", "v"))
                        .gives(Optional.of("hash")),
                of("keys.type", keys().type("k")).gives(Optional.empty()),
                of("keys.randomKey", keys().randomKey()).given(set("k")).gives(Optional.of("k")),
                of("keys.randomKey", keys().randomKey()).gives(Optional.empty()),
                of(
                                "keys.scan",
                                keys().scan(
                                                ScanCursor.start(),
                                                ScanOptions.matching("k*")
                                                        .count(100)
                                                        .type("string")))
                        .given(set("k1"), set("other"), hashes().hset("k2", "f", "v"))
                        .satisfies(page -> {
                            assertThat(page.items()).containsExactly("k1");
                            assertThat(page.isLast()).isTrue();
                        }),
                of("text.publish", text().publish("channel", "nobody hears")).gives(0L),
                of("text.spublish", text().spublish("channel", "nobody hears")).gives(0L));
    }

    private static Stream<OperationCase<?>> expiry() {
        return Stream.of(
                of("keys.expire", keys().expire("k", HOUR))
                        .given(set("k"))
                        .gives(true)
                        .leaves(keys().persist("k"), true),
                of("keys.expire", keys().expire("none", HOUR)).gives(false),
                of("keys.expire", keys().expire("k", HOUR, ExpireCondition.IF_NONE))
                        .given(set("k"))
                        .gives(true),
                of("keys.expire", keys().expire("k", HOUR, ExpireCondition.IF_SET))
                        .given(set("k"))
                        .gives(false),
                of("keys.expireAt", keys().expireAt("k", LATER))
                        .given(set("k"))
                        .gives(true)
                        .leaves(keys().expireTime("k"), Optional.of(LATER)),
                of("keys.expireAt", keys().expireAt("k", LATER, ExpireCondition.IF_LATER))
                        .given(strings().setex("k", HOUR, "v"))
                        .gives(true),
                of("keys.expireAt", keys().expireAt("k", LATER, ExpireCondition.IF_EARLIER))
                        .given(strings().setex("k", HOUR, "v"))
                        .gives(false),
                of("keys.ttl", keys().ttl("k"))
                        .given(strings().setex("k", HOUR, "v"))
                        .satisfies(StringCases::close),
                of("keys.ttl", keys().ttl("k")).given(set("k")).gives(Optional.empty()),
                of("keys.expireTime", keys().expireTime("k"))
                        .given(set("k"), keys().expireAt("k", LATER))
                        .gives(Optional.of(LATER)),
                of("keys.expireTime", keys().expireTime("none")).gives(Optional.empty()),
                of("keys.persist", keys().persist("k"))
                        .given(strings().setex("k", HOUR, "v"))
                        .gives(true)
                        .leaves(keys().ttl("k"), Optional.empty()));
    }

    private static Stream<OperationCase<?>> names() {
        return Stream.of(
                of("keys.rename", keys().rename("k", "l"))
                        .given(set("k"))
                        .gives(true)
                        .leaves(keys().exists("k"), 0L)
                        .leaves(strings().get("l"), Optional.of("v")),
                of("keys.renamenx", keys().renamenx("k", "l"))
                        .given(set("k"), set("l"))
                        .gives(false),
                of("keys.copy", keys().copy("k", "l"))
                        .given(set("k"))
                        .gives(true)
                        .leaves(strings().get("l"), Optional.of("v")),
                of("keys.copy", keys().copy("k", "l")).given(set("k"), set("l")).gives(false),
                of("keys.copyReplacing", keys().copyReplacing("k", "l"))
                        .given(set("k"), strings().set("l", "w"))
                        .gives(true)
                        .leaves(strings().get("l"), Optional.of("v")));
    }

    private static Stream<OperationCase<?>> fields() {
        return Stream.of(
                of("hashes.hset", hashes().hset("h", "f", "v"))
                        .gives(true)
                        .leaves(hashes().hget("h", "f"), Optional.of("v")),
                of("hashes.hset", hashes().hset("h", TWO))
                        .given(hashes().hset("h", "a", "0"))
                        .gives(1L)
                        .leaves(hashes().hgetAll("h"), TWO),
                of("hashes.hsetnx", hashes().hsetnx("h", "a", "9"))
                        .given(hashes().hset("h", TWO))
                        .gives(false)
                        .leaves(hashes().hget("h", "a"), Optional.of("1")),
                of("hashes.hget", hashes().hget("h", "a"))
                        .given(hashes().hset("h", TWO))
                        .gives(Optional.of("1")),
                of("hashes.hmget", hashes().hmget("h", "b", "none"))
                        .given(hashes().hset("h", TWO))
                        .gives(List.of(Optional.of("2"), Optional.empty())),
                of("hashes.hgetAll", hashes().hgetAll("h"))
                        .given(hashes().hset("h", TWO))
                        .gives(TWO),
                of("hashes.hdel", hashes().hdel("h", "a", "none"))
                        .given(hashes().hset("h", TWO))
                        .gives(1L)
                        .leaves(hashes().hlen("h"), 1L),
                of("hashes.hexists", hashes().hexists("h", "a"))
                        .given(hashes().hset("h", TWO))
                        .gives(true),
                of("hashes.hlen", hashes().hlen("h"))
                        .given(hashes().hset("h", TWO))
                        .gives(2L),
                of("hashes.hstrlen", hashes().hstrlen("h", "f"))
                        .given(hashes().hset("h", "f", "four"))
                        .gives(4L),
                of("hashes.hincrBy", hashes().hincrBy("h", "a", 41))
                        .given(hashes().hset("h", TWO))
                        .gives(42L),
                of("hashes.hincrByFloat", hashes().hincrByFloat("h", "a", 0.5))
                        .given(hashes().hset("h", TWO))
                        .gives(1.5));
    }

    private static Stream<OperationCase<?>> someFields() {
        return Stream.of(
                of("hashes.hkeys", hashes().hkeys("h"))
                        .given(hashes().hset("h", TWO))
                        .satisfies(names -> assertThat(names).containsExactlyInAnyOrder("a", "b")),
                of("hashes.hvals", hashes().hvals("h"))
                        .given(hashes().hset("h", TWO))
                        .satisfies(values -> assertThat(values).containsExactlyInAnyOrder("1", "2")),
                of("hashes.hrandfield", hashes().hrandfield("h"))
                        .given(hashes().hset("h", "f", "v"))
                        .gives(Optional.of("f")),
                of("hashes.hrandfield", hashes().hrandfield("h", 5))
                        .given(hashes().hset("h", TWO))
                        .satisfies(names -> assertThat(names).containsExactlyInAnyOrder("a", "b")),
                of("hashes.hrandfieldWithValues", hashes().hrandfieldWithValues("h", -3))
                        .given(hashes().hset("h", "f", "v"))
                        .gives(List.of(Map.entry("f", "v"), Map.entry("f", "v"), Map.entry("f", "v"))),
                of("hashes.hscan", hashes().hscan("h", ScanCursor.start(), ScanOptions.matching("a*")))
                        .given(hashes().hset("h", TWO))
                        .gives(new ScanPage<>(ScanCursor.start(), List.of(Map.entry("a", "1")))));
    }
}
