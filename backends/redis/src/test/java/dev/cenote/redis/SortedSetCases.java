package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.sortedSetAlgebra;
import static dev.cenote.redis.RedisOperations.sortedSets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.redis.RedisSortedSets.ScoreEnd;
import dev.cenote.redis.SortedSetCombination.Aggregate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Of sorted sets, one and several. */
final class SortedSetCases {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Scored<String> A = new Scored<>("a", 1);
    private static final Scored<String> B = new Scored<>("b", 2);
    private static final Scored<String> C = new Scored<>("c", 3.5);

    private SortedSetCases() {}

    static Stream<OperationCase<?>> all() {
        return Stream.of(scores(), ranks(), ranges(), random(), removals(), pops(), combinations(), stored())
                .flatMap(cases -> cases);
    }

    private static RedisOperation<Long> abc() {
        return sortedSets().zadd("z", Map.of("a", 1.0, "b", 2.0, "c", 3.5));
    }

    private static RedisOperation<Long> equals() {
        return sortedSets().zadd("z", Map.of("a", 0.0, "b", 0.0, "c", 0.0, "d", 0.0));
    }

    private static RedisOperation<List<Scored<String>>> whole(String key) {
        return sortedSets().zrangeWithScores(key, 0, -1);
    }

    private static Stream<OperationCase<?>> scores() {
        ZaddOptions none = ZaddOptions.none();
        return Stream.of(
                of("sortedSets.zadd", sortedSets().zadd("z", Double.POSITIVE_INFINITY, "a"))
                        .given(abc())
                        .gives(false)
                        .leaves(sortedSets().zscore("z", "a"), Optional.of(Double.POSITIVE_INFINITY)),
                of("sortedSets.zadd", sortedSets().zadd("z", Map.of("a", 1.0, "b", -2.0)))
                        .gives(2L)
                        .leaves(whole("z"), List.of(new Scored<>("b", -2), A)),
                of("sortedSets.zadd", sortedSets().zadd("z", none.ifAbsent(), Map.of("a", 9.0, "d", 4.0)))
                        .given(abc())
                        .gives(1L)
                        .leaves(sortedSets().zscore("z", "a"), Optional.of(1.0)),
                of(
                                "sortedSets.zadd",
                                sortedSets()
                                        .zadd(
                                                "z",
                                                none.ifPresent().ifGreater().countingChanged(),
                                                Map.of("a", 9.0, "b", 1.0, "d", 4.0)))
                        .given(abc())
                        .gives(1L)
                        .leaves(
                                sortedSets().zmscore("z", "a", "b", "d"),
                                List.of(Optional.of(9.0), Optional.of(2.0), Optional.empty())),
                of("sortedSets.zaddIncr", sortedSets().zaddIncr("z", none, 0.5, "a"))
                        .given(abc())
                        .gives(Optional.of(1.5)),
                of("sortedSets.zaddIncr", sortedSets().zaddIncr("z", none.ifLess(), 0.5, "a"))
                        .given(abc())
                        .gives(Optional.empty()),
                of("sortedSets.zincrBy", sortedSets().zincrBy("z", -0.5, "a"))
                        .given(abc())
                        .gives(0.5),
                of("sortedSets.zscore", sortedSets().zscore("z", "c"))
                        .given(abc())
                        .gives(Optional.of(3.5)),
                of("sortedSets.zscore", sortedSets().zscore("z", "none")).gives(Optional.empty()),
                of("sortedSets.zmscore", sortedSets().zmscore("z", "c", "none"))
                        .given(abc())
                        .gives(List.of(Optional.of(3.5), Optional.empty())));
    }

    private static Stream<OperationCase<?>> ranks() {
        return Stream.of(
                of("sortedSets.zrank", sortedSets().zrank("z", "c"))
                        .given(abc())
                        .gives(Optional.of(2L)),
                of("sortedSets.zrank", sortedSets().zrank("z", "none"))
                        .given(abc())
                        .gives(Optional.empty()),
                of("sortedSets.zrevrank", sortedSets().zrevrank("z", "c"))
                        .given(abc())
                        .gives(Optional.of(0L)),
                of("sortedSets.zcard", sortedSets().zcard("z")).given(abc()).gives(3L),
                of(
                                "sortedSets.zcount",
                                sortedSets().zcount("z", ScoreRange.all().above(1)))
                        .given(abc())
                        .gives(2L),
                of("sortedSets.zlexcount", sortedSets().zlexcount("z", LexRange.between("b", "c")))
                        .given(equals())
                        .gives(2L));
    }

    private static Stream<OperationCase<?>> ranges() {
        SortedSetRange upTo2 = SortedSetRange.byScore(ScoreRange.between(1, 2));
        return Stream.of(
                of("sortedSets.zrange", sortedSets().zrange("z", 1, -1))
                        .given(abc())
                        .gives(List.of("b", "c")),
                of(
                                "sortedSets.zrange",
                                sortedSets()
                                        .zrange("z", SortedSetRange.byRank(0, 1).reversed()))
                        .given(abc())
                        .gives(List.of("c", "b")),
                of("sortedSets.zrange", sortedSets().zrange("z", upTo2.reversed()))
                        .given(abc())
                        .gives(List.of("b", "a")),
                of(
                                "sortedSets.zrange",
                                sortedSets()
                                        .zrange(
                                                "z",
                                                SortedSetRange.byScore(ScoreRange.all()
                                                                .atLeast(1)
                                                                .below(3.5))
                                                        .limit(1, 5)))
                        .given(abc())
                        .gives(List.of("b")),
                of(
                                "sortedSets.zrange",
                                sortedSets()
                                        .zrange(
                                                "z",
                                                SortedSetRange.byLex(LexRange.all()
                                                                .above("a")
                                                                .atMost("d"))
                                                        .reversed()
                                                        .limit(0, 2)))
                        .given(equals())
                        .gives(List.of("d", "c")),
                of(
                                "sortedSets.zrange",
                                sortedSets()
                                        .zrange(
                                                "z",
                                                SortedSetRange.byLex(
                                                        LexRange.all().below("b"))))
                        .given(equals())
                        .gives(List.of("a")),
                of("sortedSets.zrangeWithScores", sortedSets().zrangeWithScores("z", 0, -1))
                        .given(abc())
                        .gives(List.of(A, B, C)),
                of("sortedSets.zrangeWithScores", sortedSets().zrangeWithScores("z", upTo2))
                        .given(abc())
                        .gives(List.of(A, B)),
                of("sortedSets.zrangestore", sortedSets().zrangestore("y", "z", upTo2))
                        .given(abc())
                        .gives(2L)
                        .leaves(whole("y"), List.of(A, B)),
                of("sortedSets.zscan", sortedSets().zscan("z", ScanCursor.start(), ScanOptions.matching("c")))
                        .given(abc())
                        .gives(new ScanPage<>(ScanCursor.start(), List.of(C))));
    }

    private static Stream<OperationCase<?>> random() {
        RedisOperation<Boolean> one = sortedSets().zadd("z", 1, "a");
        return Stream.of(
                of("sortedSets.zrandmember", sortedSets().zrandmember("z"))
                        .given(one)
                        .gives(Optional.of("a")),
                of("sortedSets.zrandmember", sortedSets().zrandmember("z", -2))
                        .given(one)
                        .gives(List.of("a", "a")),
                of("sortedSets.zrandmemberWithScores", sortedSets().zrandmemberWithScores("z", 5))
                        .given(abc())
                        .satisfies(members -> assertThat(members).containsExactlyInAnyOrder(A, B, C)));
    }

    private static Stream<OperationCase<?>> removals() {
        return Stream.of(
                of("sortedSets.zrem", sortedSets().zrem("z", "a", "none"))
                        .given(abc())
                        .gives(1L)
                        .leaves(whole("z"), List.of(B, C)),
                of("sortedSets.zremrangeByRank", sortedSets().zremrangeByRank("z", 0, 1))
                        .given(abc())
                        .gives(2L)
                        .leaves(whole("z"), List.of(C)),
                of(
                                "sortedSets.zremrangeByScore",
                                sortedSets()
                                        .zremrangeByScore("z", ScoreRange.all().below(2)))
                        .given(abc())
                        .gives(1L)
                        .leaves(whole("z"), List.of(B, C)),
                of(
                                "sortedSets.zremrangeByLex",
                                sortedSets().zremrangeByLex("z", LexRange.all().atMost("c")))
                        .given(equals())
                        .gives(3L)
                        .leaves(sortedSets().zrange("z", 0, -1), List.of("d")));
    }

    private static Stream<OperationCase<?>> pops() {
        return Stream.of(
                of("sortedSets.zpopmin", sortedSets().zpopmin("z")).given(abc()).gives(Optional.of(A)),
                of("sortedSets.zpopmin", sortedSets().zpopmin("z")).gives(Optional.empty()),
                of("sortedSets.zpopmin", sortedSets().zpopmin("z", 2))
                        .given(abc())
                        .gives(List.of(A, B)),
                of("sortedSets.zpopmax", sortedSets().zpopmax("z")).given(abc()).gives(Optional.of(C)),
                of("sortedSets.zpopmax", sortedSets().zpopmax("z", 2))
                        .given(abc())
                        .gives(List.of(C, B)),
                of("sortedSets.zmpop", sortedSets().zmpop(ScoreEnd.MAX, 2, "none", "z"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("z", List.of(C, B)))),
                of("sortedSets.bzpopmin", sortedSets().bzpopmin(SOON, "none", "z"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("z", A))),
                of("sortedSets.bzpopmax", sortedSets().bzpopmax(SOON, "none", "z"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("z", C))),
                of("sortedSets.bzmpop", sortedSets().bzmpop(SOON, ScoreEnd.MIN, 2, "none", "z"))
                        .given(abc())
                        .gives(Optional.of(new Popped<>("z", List.of(A, B)))));
    }

    private static RedisOperation<Long> other() {
        return sortedSets().zadd("y", Map.of("b", 10.0, "c", 20.0, "d", 30.0));
    }

    private static Stream<OperationCase<?>> combinations() {
        var both = SortedSetCombination.of("z", "y");
        return Stream.of(
                of("sortedSetAlgebra.zunion", sortedSetAlgebra().zunion(both))
                        .given(abc(), other())
                        .gives(List.of("a", "b", "c", "d")),
                of(
                                "sortedSetAlgebra.zunionWithScores",
                                sortedSetAlgebra()
                                        .zunionWithScores(both.weights(2, 1).aggregate(Aggregate.MAX)))
                        .given(abc(), other())
                        .gives(List.of(
                                new Scored<>("a", 2),
                                new Scored<>("b", 10),
                                new Scored<>("c", 20),
                                new Scored<>("d", 30))),
                of("sortedSetAlgebra.zinter", sortedSetAlgebra().zinter(both))
                        .given(abc(), other())
                        .gives(List.of("b", "c")),
                of(
                                "sortedSetAlgebra.zinterWithScores",
                                sortedSetAlgebra().zinterWithScores(both.aggregate(Aggregate.MIN)))
                        .given(abc(), other())
                        .gives(List.of(B, C)),
                of("sortedSetAlgebra.zintercard", sortedSetAlgebra().zintercard("z", "y"))
                        .given(abc(), other())
                        .gives(2L),
                of("sortedSetAlgebra.zintercardUpTo", sortedSetAlgebra().zintercardUpTo(1, "z", "y"))
                        .given(abc(), other())
                        .gives(1L),
                of("sortedSetAlgebra.zdiff", sortedSetAlgebra().zdiff("z", "y"))
                        .given(abc(), other())
                        .gives(List.of("a")),
                of("sortedSetAlgebra.zdiffWithScores", sortedSetAlgebra().zdiffWithScores("z", "y"))
                        .given(abc(), other())
                        .gives(List.of(A)));
    }

    private static Stream<OperationCase<?>> stored() {
        var both = SortedSetCombination.of("z", "y");
        return Stream.of(
                of("sortedSetAlgebra.zunionstore", sortedSetAlgebra().zunionstore("x", both))
                        .given(abc(), other())
                        .gives(4L)
                        .leaves(sortedSets().zscore("x", "c"), Optional.of(23.5)),
                of("sortedSetAlgebra.zunionstore", sortedSetAlgebra().zunionstore("z", both))
                        .given(abc(), other())
                        .gives(4L),
                of("sortedSetAlgebra.zinterstore", sortedSetAlgebra().zinterstore("x", both))
                        .given(abc(), other())
                        .gives(2L)
                        .leaves(sortedSets().zscore("x", "b"), Optional.of(12.0)),
                of("sortedSetAlgebra.zdiffstore", sortedSetAlgebra().zdiffstore("x", "z", "y"))
                        .given(abc(), other())
                        .gives(1L)
                        .leaves(whole("x"), List.of(A)));
    }
}
