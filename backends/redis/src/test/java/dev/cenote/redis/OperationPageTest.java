package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.command;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.redis.RedisOperation.Lane;
import dev.cenote.testkit.docs.GeneratedSection;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That the page tells lane and effect of every operation as they are, that none is without a test, and that the server
 * itself agrees: on what writes, what waits, and which words are keys.
 */
class OperationPageTest {
    private static final Path PAGE = Path.of("../../docs/redis-operations.md");

    /** The groups that {@link RedisTypes} has, by the names of its methods, and itself. */
    private static Map<String, Class<?>> groups() {
        var groups = new TreeMap<String, Class<?>>();
        groups.put("text", RedisTypes.class);
        for (Method method : RedisTypes.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && TypedGroup.class.isAssignableFrom(method.getReturnType())) {
                groups.put(method.getName(), method.getReturnType());
            }
        }
        return groups;
    }

    private static Stream<Method> operations(Class<?> group) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == RedisOperation.class);
    }

    @Test
    void everyOperationHasATest() {
        Map<String, Long> tested = Operations.all()
                .collect(Collectors.groupingBy(OperationCase::method, TreeMap::new, Collectors.counting()));
        var offered = new TreeMap<String, Long>();
        groups().forEach((name, group) ->
                operations(group).forEach(method -> offered.merge(name + "." + method.getName(), 1L, Long::sum)));
        assertThat(tested.keySet()).isEqualTo(offered.keySet());
        offered.forEach((method, overloads) ->
                assertThat(tested.get(method)).as("tests of " + method).isGreaterThanOrEqualTo(overloads));
    }

    @Test
    void thePageTellsLaneAndEffect() {
        var rows = new StringBuilder("""
                | operation | command | effect | lane |
                |---|---|---|---|
                """);
        Operations.all().map(OperationPageTest::row).distinct().forEach(rows::append);
        new GeneratedSection(PAGE, "operations").check(rows.toString());
    }

    private static String row(OperationCase<?> one) {
        String[] method = one.method().split("\\.");
        return "| `%s().%s` | %s | %s | %s |%n"
                .formatted(
                        method[0],
                        method[1],
                        one.operation().name(),
                        one.operation().effect(),
                        one.operation().lane())
                .replace(System.lineSeparator(), "\n");
    }

    @Test
    void thePageTellsOfRawCommands() {
        String page = """
                | command | what becomes of it |
                |---|---|
                """
                + RawCommand.REFUSED.entrySet().stream()
                        .map(refused ->
                                "| %s | refused: %s is for it |\n".formatted(refused.getKey(), refused.getValue()))
                        .collect(Collectors.joining())
                + "| " + String.join(", ", RawCommand.WAITING)
                + " | exclusive: it waits |\n| " + String.join(", ", RawCommand.SESSION)
                + " | exclusive: it changes the session, which is cleaned after it |\n| "
                + String.join(", ", RawCommand.CLIENT_HARMLESS) + " | exclusive: it concerns its connection |\n"
                + "| any other that Lettuce knows | shared |\n| any that Lettuce does not know | exclusive |\n";
        new GeneratedSection(PAGE, "raw commands").check(page);
    }

    // ---- what the server says

    private record Sent(RedisOperation<?> operation, List<byte[]> words) {
        static Sent of(OperationCase<?> one) {
            RedisOperation<?> operation = one.operation();
            SingleCommand<?> command = operation.execution() instanceof ScriptCommand<?> script
                    ? script.bySource()
                    : (SingleCommand<?>) operation.execution();
            var words = new ArrayList<byte[]>();
            words.add(command.keyword().getBytes());
            words.addAll(parsed(command));
            return new Sent(operation, words);
        }

        /** As they are on the wire: each with its length before it. */
        private static List<byte[]> parsed(SingleCommand<?> command) {
            ByteBuf wire = Unpooled.buffer();
            command.words().by(Deadline.none()).encode(wire);
            var words = new ArrayList<byte[]>();
            while (wire.isReadable()) {
                assertThat(wire.readByte()).isEqualTo((byte) '$');
                int length = 0;
                for (byte digit = wire.readByte(); digit != '\r'; digit = wire.readByte()) {
                    length = length * 10 + digit - '0';
                }
                wire.skipBytes(1);
                var word = new byte[length];
                wire.readBytes(word);
                wire.skipBytes(2);
                words.add(word);
            }
            return words;
        }

        boolean waits() {
            return words.stream().map(Sent::text).anyMatch("BLOCK"::equals)
                    || operation.name().startsWith("B") && !operation.name().startsWith("BIT");
        }

        static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static RedisPool pool() {
        return RedisPool.builder().uri(TestServers.shared(Product.REDIS).uri()).build();
    }

    private static Set<String> flags(RedisPool pool, RedisOperation<?> operation) {
        String name = operation.name().toLowerCase(Locale.ROOT).replace(' ', '|');
        List<RedisReply> info =
                pool.execute(command(Effect.READ_ONLY, "COMMAND", "INFO", name)).list();
        return info.get(0).list().get(2).list().stream()
                .map(flag -> flag.text().orElseThrow())
                .collect(Collectors.toSet());
    }

    @Test
    void theServerAgreesOnWhatWritesAndWhatWaits() {
        try (RedisPool pool = pool()) {
            Operations.all().map(Sent::of).forEach(sent -> {
                RedisOperation<?> operation = sent.operation;
                Set<String> flags = flags(pool, operation);
                if (flags.contains("write")) {
                    assertThat(operation.effect()).as(operation.name()).isNotEqualTo(Effect.READ_ONLY);
                }
                if (flags.contains("readonly") && !operation.name().equals("TOUCH")) {
                    assertThat(operation.effect()).as(operation.name()).isEqualTo(Effect.READ_ONLY);
                }
                boolean waits = sent.waits();
                assertThat(operation.lane()).as(operation.name()).isEqualTo(waits ? Lane.EXCLUSIVE : Lane.SHARED);
                if (flags.contains("blocking")) {
                    assertThat(waits || operation.name().startsWith("XREAD"))
                            .as(operation.name() + " waits")
                            .isTrue();
                }
            });
        }
    }

    @Test
    void theServerAgreesOnWhichWordsAreKeys() {
        try (RedisPool pool = pool()) {
            Operations.all().map(Sent::of).forEach(sent -> {
                List<String> keys =
                        sent.operation.keys().stream().map(Sent::text).toList();
                if (keys.isEmpty()
                        || sent.operation.name().equals("SPUBLISH")) { // whose channel only routes as a key does
                    return;
                }
                Object[] asked =
                        Stream.concat(Stream.of("GETKEYS"), sent.words.stream()).toArray();
                List<String> told = pool.execute(command(Effect.READ_ONLY, "COMMAND", asked)).list().stream()
                        .map(key -> key.text().orElseThrow())
                        .toList();
                assertThat(keys).as(sent.operation.toString()).containsExactlyInAnyOrderElementsOf(told);
            });
        }
    }

    @Test
    void whatSharesAConnectionNeitherWaitsNorChangesTheSession() {
        Set<String> never = Stream.of(RawCommand.REFUSED.keySet(), RawCommand.WAITING, RawCommand.SESSION)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        assertThat(Operations.all()
                        .map(OperationCase::operation)
                        .filter(operation -> operation.lane() == Lane.SHARED)
                        .map(RedisOperation::name))
                .doesNotContainAnyElementsOf(never);
    }
}
