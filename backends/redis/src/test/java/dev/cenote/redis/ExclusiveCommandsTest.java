package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What blocks a connection or changes its session is never sent on a shared one. */
class ExclusiveCommandsTest {
    private final TestServer server = TestServers.shared(Product.REDIS);

    private record Keyword(String name) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return name.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void raw(RedisAsyncCommands<String, String> commands, String name, String... arguments) {
        var args = new CommandArgs<>(StringCodec.UTF8).addValues(arguments);
        var unused = commands.dispatch(new Keyword(name), new StatusOutput<>(StringCodec.UTF8), args);
    }

    @Test
    void aSharedConnectionRefusesThemBeforeTheyAreSentAndServesOn() throws Exception {
        RedisConnector connector = RedisPool.builder().uri(server.uri()).connector();
        try {
            var deadline = Deadline.after(Duration.ofSeconds(20));
            RedisConnection connection = connector.open(deadline);
            TrackedClient.share(connection.driver());
            List<Consumer<RedisAsyncCommands<String, String>>> refused = List.of(
                    commands -> commands.blpop(1, "list"),
                    commands -> commands.bzpopmin(1, "sorted"),
                    commands -> commands.xread(XReadArgs.Builder.block(1), StreamOffset.latest("stream")),
                    commands -> commands.watch("key"),
                    RedisAsyncCommands::multi,
                    commands -> commands.select(3),
                    commands -> commands.clientSetname("mine"),
                    commands -> commands.waitForReplication(1, 1),
                    commands -> raw(commands, "subscribe", "news"),
                    commands -> raw(commands, "Monitor"),
                    commands -> raw(commands, "client", "reply", "off"),
                    commands -> raw(commands, "xread", "block", "0", "streams", "stream", "$"));
            for (Consumer<RedisAsyncCommands<String, String>> command : refused) {
                assertThatThrownBy(() -> command.accept(connection.commands()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("must have a connection of its own");
            }
            assertThat(get("none").execute(connection, deadline)).isEmpty();
            connection
                    .commands()
                    .xread(StreamOffset.from("block", "0-0"))
                    .toCompletableFuture()
                    .join();
            connector.validate(connection, deadline);
            connector.close(connection);
        } finally {
            connector.shutdown();
        }
    }

    @Test
    void anOperationThatSaysItsLaneWronglyFailsAndHarmsNobody() {
        RedisOperation<Boolean> wrong = new Draft<>(
                        ValueCodec.strings(), ValueCodec.strings(), "SELECT", Effect.IDEMPOTENT)
                .number(3)
                .reply(Reply.OK);
        try (RedisPool pool = RedisPool.builder().uri(server.uri()).maxSize(1).build()) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                pool.execute(ping());
                return pool.sharedLane().connections() == 1;
            });
            assertThatThrownBy(() -> pool.execute(wrong))
                    .hasStackTraceContaining("SELECT must have a connection of its own, was sent on a shared one");
            long before = pool.sharedLane().executed();
            assertThat(pool.execute(ping())).isEqualTo("PONG");
            assertThat(pool.sharedLane().executed()).isEqualTo(before + 1);
            Consistency.assertAtRest(pool);
        }
    }
}
