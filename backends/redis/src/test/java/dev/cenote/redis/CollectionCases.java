package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.sets;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Of lists and sets. */
final class CollectionCases {
    private static final Duration SOON = Duration.ofSeconds(5);

    private CollectionCases() {}

    static Stream<OperationCase<?>> all() {
        return Stream.of(pushes(), pops(), places(), waits(), members(), algebra())
                .flatMap(cases -> cases);
    }

    private static RedisOperation<Long> abc() {
        return lists().rpush("l", "a", "b", "c");
    }

    private static RedisOperation<List<String>> whole(String key) {
        return lists().lrange(key, 0, -1);
    }

    private static Stream<OperationCase<?>> pushes() {
        return Stream.of(
                of("lists.lpush", lists().lpush("l", "x", "y"))
                        .given(abc())
                        .gives(5L)
                        .leaves(whole("l"), List.of("y", "x", "a", "b", "c")),
                of("lists.rpush", lists().rpush("l", "x", "y"))
                        .given(abc())
                        .gives(5L)
                        .leaves(whole("l"), List.of("a", "b", "c", "x", "y")),
                of("lists.lpushx", lists().lpushx("l", "x")).gives(0L).leaves(whole("l"), List.of()),
                of("lists.rpushx", lists().rpushx("l", "x"))
                        .given(abc())
                        .gives(4L)
                        .leaves(whole("l"), List.of("a", "b", "c", "x")),
                of("lists.linsertBefore", lists().linsertBefore("l", "b", "x"))
                        .given(abc())
                        .gives(Optional.of(4L))
                        .leaves(whole("l"), List.of("a", "x", "b", "c")),
                of("lists.linsertBefore", lists().linsertBefore("l", "none", "x"))
                        .given(abc())
                        .gives(Optional.empty()),
                of("lists.linsertAfter", lists().linsertAfter("l", "b", "x"))
                        .given(abc())
                        .gives(Optional.of(4L))
                        .leaves(whole("l"), List.of("a", "b", "x", "c")),
                of("lists.lset", lists().lset("l", -1, "x"))
                        .given(abc())
                        .gives(true)
                        .leaves(whole("l"), List.of("a", "b", "x")));
    }

    private static Stream<OperationCase<?>> pops() {
        return Stream.of(
                of("lists.lpop", lists().lpop("l")).given(abc()).gives(Optional.of("a")),
                of("lists.lpop", lists().lpop("l")).gives(Optional.empty()),
                of("lists.lpop", lists().lpop("l", 2)).given(abc()).gives(List.of("a", "b")),
                of("lists.lpop", lists().lpop("l", 2)).gives(List.of()),
                of("lists.rpop", lists().rpop("l")).given(abc()).gives(Optional.of("c")),
                of("lists.rpop", lists().rpop("l", 2)).given(abc()).gives(List.of("c", "b")),
                of("lists.lrem", lists().lrem("l", "b"))
                        .given(abc(), abc())
                        .gives(2L)
                        .leaves(whole("l"), List.of("a", "c", "a", "c")),
                of("lists.lrem", lists().lrem("l", -1, "b"))
                        .given(abc(), abc())
                        .gives(1L)
                        .leaves(whole("l"), List.of("a", "b", "c", "a", "c")),
                of("lists.ltrim", lists().ltrim("l", 1, -1))
                        .given(abc())
                        .gives(true)
                        .leaves(whole("l"), List.of("b", "c")),
                of("lists.lmove", lists().lmove("l", ListEnd.RIGHT, "m", ListEnd.LEFT))
                        .given(abc(), lists().rpush("m", "x"))
                        .gives(Optional.of("c"))
                        .leaves(whole("m"), List.of("c", "x")),
                of("lists.lmpop", lists().lmpop(ListEnd.RIGHT, 2, "none", "l"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("l", List.of("c", "b")))),
                of("lists.lmpop", lists().lmpop(ListEnd.LEFT, 2, "none")).gives(Optional.empty()));
    }

    private static Stream<OperationCase<?>> places() {
        return Stream.of(
                of("lists.llen", lists().llen("l")).given(abc()).gives(3L),
                of("lists.lrange", lists().lrange("l", 1, -1)).given(abc()).gives(List.of("b", "c")),
                of("lists.lindex", lists().lindex("l", -1)).given(abc()).gives(Optional.of("c")),
                of("lists.lindex", lists().lindex("l", 7)).given(abc()).gives(Optional.empty()),
                of("lists.lpos", lists().lpos("l", "b")).given(abc()).gives(Optional.of(1L)),
                of("lists.lpos", lists().lpos("l", "none")).given(abc()).gives(Optional.empty()),
                of("lists.lposAll", lists().lposAll("l", "b"))
                        .given(abc(), abc())
                        .gives(List.of(1L, 4L)));
    }

    private static Stream<OperationCase<?>> waits() {
        return Stream.of(
                of("lists.blpop", lists().blpop(SOON, "none", "l"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("l", "a"))),
                of("lists.brpop", lists().brpop(SOON, "none", "l"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("l", "c"))),
                of("lists.blmove", lists().blmove(SOON, "l", "m"))
                        .given(abc())
                        .gives(Optional.of("a"))
                        .leaves(whole("m"), List.of("a")),
                of("lists.blmove", lists().blmove(SOON, new ListMove<>("l", ListEnd.RIGHT, "l", ListEnd.LEFT)))
                        .given(abc())
                        .gives(Optional.of("c"))
                        .leaves(whole("l"), List.of("c", "a", "b")),
                of("lists.blmpop", lists().blmpop(SOON, ListEnd.LEFT, 2, "none", "l"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("l", List.of("a", "b")))));
    }

    private static RedisOperation<Long> abcd() {
        return sets().sadd("s", "a", "b", "c");
    }

    private static RedisOperation<Long> bcd() {
        return sets().sadd("t", "b", "c", "d");
    }

    private static Stream<OperationCase<?>> members() {
        return Stream.of(
                of("sets.sadd", sets().sadd("s", "c", "d")).given(abcd()).gives(1L),
                of("sets.srem", sets().srem("s", "c", "none"))
                        .given(abcd())
                        .gives(1L)
                        .leaves(sets().smembers("s"), Set.of("a", "b")),
                of("sets.smembers", sets().smembers("s")).given(abcd()).gives(Set.of("a", "b", "c")),
                of("sets.sismember", sets().sismember("s", "a")).given(abcd()).gives(true),
                of("sets.smismember", sets().smismember("s", "a", "d"))
                        .given(abcd())
                        .gives(List.of(true, false)),
                of("sets.scard", sets().scard("s")).given(abcd()).gives(3L),
                of("sets.spop", sets().spop("s"))
                        .given(sets().sadd("s", "a"))
                        .gives(Optional.of("a"))
                        .leaves(sets().scard("s"), 0L),
                of("sets.spop", sets().spop("s", 5)).given(abcd()).gives(Set.of("a", "b", "c")),
                of("sets.srandmember", sets().srandmember("s"))
                        .given(sets().sadd("s", "a"))
                        .gives(Optional.of("a"))
                        .leaves(sets().scard("s"), 1L),
                of("sets.srandmember", sets().srandmember("s", -2))
                        .given(sets().sadd("s", "a"))
                        .gives(List.of("a", "a")),
                of("sets.smove", sets().smove("s", "t", "a"))
                        .given(abcd())
                        .gives(true)
                        .leaves(sets().smembers("t"), Set.of("a")),
                of("sets.sscan", sets().sscan("s", ScanCursor.start(), ScanOptions.all()))
                        .given(abcd())
                        .satisfies(page -> assertThat(page.items()).containsExactlyInAnyOrder("a", "b", "c")));
    }

    private static Stream<OperationCase<?>> algebra() {
        return Stream.of(
                of("sets.sinter", sets().sinter("s", "t")).given(abcd(), bcd()).gives(Set.of("b", "c")),
                of("sets.sintercard", sets().sintercard("s", "t"))
                        .given(abcd(), bcd())
                        .gives(2L),
                of("sets.sintercardUpTo", sets().sintercardUpTo(1, "s", "t"))
                        .given(abcd(), bcd())
                        .gives(1L),
                of("sets.sunion", sets().sunion("s", "t")).given(abcd(), bcd()).gives(Set.of("a", "b", "c", "d")),
                of("sets.sdiff", sets().sdiff("s", "t")).given(abcd(), bcd()).gives(Set.of("a")),
                of("sets.sinterstore", sets().sinterstore("u", "s", "t"))
                        .given(abcd(), bcd())
                        .gives(2L)
                        .leaves(sets().smembers("u"), Set.of("b", "c")),
                of("sets.sunionstore", sets().sunionstore("u", "s", "t"))
                        .given(abcd(), bcd())
                        .gives(4L),
                of("sets.sdiffstore", sets().sdiffstore("s", "s", "t"))
                        .given(abcd(), bcd())
                        .gives(1L)
                        .leaves(sets().smembers("s"), Set.of("a")));
    }
}
