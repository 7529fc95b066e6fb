package dev.cenote.redis;

import static dev.cenote.redis.OperationCase.of;
import static dev.cenote.redis.RedisOperations.streamGroups;
import static dev.cenote.redis.RedisOperations.streams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.redis.StreamReports.Claimed;
import dev.cenote.redis.StreamReports.GroupInfo;
import dev.cenote.redis.StreamReports.PendingSummary;
import dev.cenote.redis.StreamReports.StreamInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Of streams and their groups. */
final class StreamCases {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final StreamConsumer ANN = new StreamConsumer("g", "ann");
    private static final StreamConsumer BOB = new StreamConsumer("g", "bob");
    private static final XreadOptions ONE = XreadOptions.none().count(1);
    private static final StreamEntry<String, String> FIRST = new StreamEntry<>("1-0", Map.of("f", "a"));
    private static final StreamEntry<String, String> SECOND = new StreamEntry<>("2-0", Map.of("f", "b"));

    private StreamCases() {}

    static Stream<OperationCase<?>> all() {
        return Stream.of(entries(), reads(), groups(), groupReads(), pending()).flatMap(cases -> cases);
    }

    private static RedisOperation<Optional<String>> add(String id, String value) {
        return streams().xadd("x", XaddOptions.none().id(id), Map.of("f", value));
    }

    /** Two entries. */
    private static RedisOperation<?>[] two() {
        return new RedisOperation<?>[] {add("1-0", "a"), add("2-0", "b")};
    }

    /** Two entries and a group that has been given the first. */
    private static RedisOperation<?>[] given() {
        return new RedisOperation<?>[] {
            add("1-0", "a"),
            add("2-0", "b"),
            streamGroups().xgroupCreate("x", "g", "0"),
            streamGroups().xreadgroup(ANN, ONE, StreamOffset.undelivered("x"))
        };
    }

    private static Stream<OperationCase<?>> entries() {
        return Stream.of(
                of("streams.xadd", streams().xadd("x", Map.of("f", "v")))
                        .satisfies(id -> assertThat(id).matches("\\d+-\\d+"))
                        .leaves(streams().xlen("x"), 1L),
                of("streams.xadd", add("3-0", "c")).given(two()).gives(Optional.of("3-0")),
                of("streams.xadd", streams().xadd("x", XaddOptions.none().ifStreamExists(), Map.of("f", "v")))
                        .gives(Optional.empty())
                        .leaves(streams().xlen("x"), 0L),
                of(
                                "streams.xadd",
                                streams()
                                        .xadd(
                                                "x",
                                                XaddOptions.none().id("3-0").trim(StreamTrim.maxLength(1)),
                                                Map.of("f", "c")))
                        .given(two())
                        .gives(Optional.of("3-0"))
                        .leaves(streams().xlen("x"), 1L),
                of("streams.xlen", streams().xlen("x")).given(two()).gives(2L),
                of("streams.xrange", streams().xrange("x", "-", "+"))
                        .given(two())
                        .gives(List.of(FIRST, SECOND)),
                of("streams.xrange", streams().xrange("x", "(1-0", "+", 5))
                        .given(two())
                        .gives(List.of(SECOND)),
                of("streams.xrevrange", streams().xrevrange("x", "+", "-"))
                        .given(two())
                        .gives(List.of(SECOND, FIRST)),
                of("streams.xrevrange", streams().xrevrange("x", "+", "-", 1))
                        .given(two())
                        .gives(List.of(SECOND)),
                of("streams.xdel", streams().xdel("x", "1-0", "7-7"))
                        .given(two())
                        .gives(1L)
                        .leaves(streams().xrange("x", "-", "+"), List.of(SECOND)),
                of("streams.xtrim", streams().xtrim("x", StreamTrim.minId("2")))
                        .given(two())
                        .gives(1L)
                        .leaves(streams().xrange("x", "-", "+"), List.of(SECOND)),
                of("streams.xtrim", streams().xtrim("x", StreamTrim.maxLength(1).limit(100)))
                        .given(two())
                        .gives(0L),
                of("streams.xinfoStream", streams().xinfoStream("x"))
                        .given(two())
                        .gives(new StreamInfo<>(2, 0, "2-0", Optional.of(FIRST), Optional.of(SECOND))));
    }

    private static Stream<OperationCase<?>> reads() {
        return Stream.of(
                of("streams.xread", streams().xread(XreadOptions.none(), StreamOffset.fromStart("x")))
                        .given(two())
                        .gives(Map.of("x", List.of(FIRST, SECOND))),
                of(
                                "streams.xread",
                                streams().xread(ONE, StreamOffset.after("none", "0"), StreamOffset.after("x", "1-0")))
                        .given(two())
                        .gives(Map.of("x", List.of(SECOND))),
                of("streams.xread", streams().xread(ONE, StreamOffset.after("x", "9")))
                        .given(two())
                        .gives(Map.of()),
                of("streams.xreadBlocking", streams().xreadBlocking(SOON, ONE, StreamOffset.fromStart("x")))
                        .given(two())
                        .gives(Map.of("x", List.of(FIRST))));
    }

    private static Stream<OperationCase<?>> groups() {
        return Stream.of(
                of("streamGroups.xgroupCreate", streamGroups().xgroupCreate("x", "h", "$"))
                        .given(two())
                        .gives(true)
                        .leaves(
                                streamGroups().xinfoGroups("x"),
                                List.of(new GroupInfo("h", 0, 0, "2-0", Optional.of(0L)))),
                of("streamGroups.xgroupCreateWithStream", streamGroups().xgroupCreateWithStream("x", "g", "0"))
                        .gives(true)
                        .leaves(streams().xlen("x"), 0L),
                of("streamGroups.xgroupDestroy", streamGroups().xgroupDestroy("x", "g"))
                        .given(given())
                        .gives(true)
                        .leaves(streamGroups().xinfoGroups("x"), List.of()),
                of("streamGroups.xgroupDestroy", streamGroups().xgroupDestroy("x", "none"))
                        .given(two())
                        .gives(false),
                of("streamGroups.xgroupSetId", streamGroups().xgroupSetId("x", "g", "2-0"))
                        .given(given())
                        .gives(true)
                        .leaves(streamGroups().xreadgroup(ANN, ONE, StreamOffset.undelivered("x")), Map.of()),
                of("streamGroups.xgroupCreateConsumer", streamGroups().xgroupCreateConsumer("x", BOB))
                        .given(given())
                        .gives(true),
                of("streamGroups.xgroupDeleteConsumer", streamGroups().xgroupDeleteConsumer("x", ANN))
                        .given(given())
                        .gives(1L),
                of("streamGroups.xinfoGroups", streamGroups().xinfoGroups("x"))
                        .given(given())
                        .gives(List.of(new GroupInfo("g", 1, 1, "1-0", Optional.of(1L)))),
                of("streamGroups.xinfoConsumers", streamGroups().xinfoConsumers("x", "g"))
                        .given(given())
                        .satisfies(consumers -> assertThat(consumers)
                                .singleElement()
                                .satisfies(ann -> {
                                    assertThat(ann.name()).isEqualTo("ann");
                                    assertThat(ann.pending()).isEqualTo(1);
                                    assertThat(ann.idle()).isLessThan(SOON);
                                })));
    }

    private static Stream<OperationCase<?>> groupReads() {
        return Stream.of(
                of(
                                "streamGroups.xreadgroup",
                                streamGroups().xreadgroup(BOB, XreadOptions.none(), StreamOffset.undelivered("x")))
                        .given(given())
                        .gives(Map.of("x", List.of(SECOND))),
                of("streamGroups.xreadgroup", streamGroups().xreadgroup(ANN, ONE, StreamOffset.fromStart("x")))
                        .given(given())
                        .given(streams().xdel("x", "1-0"))
                        .gives(Map.of("x", List.of(new StreamEntry<>("1-0", Map.of())))),
                of(
                                "streamGroups.xreadgroup",
                                streamGroups()
                                        .xreadgroup(
                                                BOB, XreadOptions.none().acknowledged(), StreamOffset.undelivered("x")))
                        .given(given())
                        .gives(Map.of("x", List.of(SECOND)))
                        .leaves(
                                streamGroups()
                                        .xpending(
                                                "x", "g", PendingQuery.oldest(5).of("bob")),
                                List.of()),
                of(
                                "streamGroups.xreadgroupBlocking",
                                streamGroups().xreadgroupBlocking(SOON, BOB, ONE, StreamOffset.undelivered("x")))
                        .given(given())
                        .gives(Map.of("x", List.of(SECOND))),
                of("streamGroups.xack", streamGroups().xack("x", "g", "1-0", "7-7"))
                        .given(given())
                        .gives(1L)
                        .leaves(streamGroups().xack("x", "g", "1-0"), 0L));
    }

    private static Stream<OperationCase<?>> pending() {
        return Stream.of(
                of("streamGroups.xpending", streamGroups().xpending("x", "g"))
                        .given(given())
                        .gives(new PendingSummary(1, Optional.of("1-0"), Optional.of("1-0"), Map.of("ann", 1L))),
                of("streamGroups.xpending", streamGroups().xpending("x", "g"))
                        .given(two())
                        .given(streamGroups().xgroupCreate("x", "g", "0"))
                        .gives(new PendingSummary(0, Optional.empty(), Optional.empty(), Map.of())),
                of(
                                "streamGroups.xpending",
                                streamGroups()
                                        .xpending(
                                                "x",
                                                "g",
                                                PendingQuery.oldest(5)
                                                        .between("(0-1", "+")
                                                        .of("ann")
                                                        .idleFor(Duration.ZERO)))
                        .given(given())
                        .satisfies(entries -> assertThat(entries)
                                .singleElement()
                                .satisfies(entry -> {
                                    assertThat(entry.id()).isEqualTo("1-0");
                                    assertThat(entry.consumer()).isEqualTo("ann");
                                    assertThat(entry.deliveries()).isEqualTo(1);
                                })),
                of("streamGroups.xclaim", streamGroups().xclaim("x", BOB, Duration.ZERO, "1-0", "2-0"))
                        .given(given())
                        .gives(List.of(FIRST)),
                of("streamGroups.xautoclaim", streamGroups().xautoclaim("x", BOB, Duration.ZERO, "0"))
                        .given(given())
                        .gives(new Claimed<>("0-0", List.of(FIRST), List.of())),
                of("streamGroups.xautoclaim", streamGroups().xautoclaim("x", BOB, Duration.ZERO, 10))
                        .given(given())
                        .given(streams().xdel("x", "1-0"))
                        .gives(new Claimed<>("0-0", List.of(), List.of("1-0"))));
    }
}
