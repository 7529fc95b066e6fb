package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys and values of other types than text. */
@Tag("oldest-lettuce")
class CodecTest {
    record User(String name, int age) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final RedisTypes<String, User> USERS = RedisOperations.with(JsonCodec.of(MAPPER, User.class));
    private static final RedisTypes<byte[], byte[]> BYTES =
            RedisOperations.with(ValueCodec.bytes(), ValueCodec.bytes());
    private static final User ANN = new User("Ann", 30);
    private static final User BOB = new User("Bøb", 40);

    private final TestServer server = TestServers.shared(Product.REDIS);
    private RedisPool pool;

    @BeforeEach
    void open() {
        pool = RedisPool.builder().uri(server.uri()).database(8).maxSize(2).build();
        pool.execute(RedisOperations.command("FLUSHDB"));
    }

    @AfterEach
    void close() {
        assertThat(pool.stats().closed()).as("no codec ends a connection").isEmpty();
        Consistency.assertAtRest(pool);
        pool.close();
    }

    @Test
    void valuesAreJsonEverywhere() {
        pool.execute(USERS.strings().set("u", ANN));
        assertThat(pool.execute(RedisOperations.get("u"))).contains("{\"name\":\"Ann\",\"age\":30}");
        assertThat(pool.execute(USERS.strings().get("u"))).contains(ANN);
        assertThat(pool.executeAsync(USERS.strings().mget("u", "none")).join())
                .containsExactly(Optional.of(ANN), Optional.empty());
        pool.execute(USERS.hashes().hset("h", Map.of("a", ANN, "b", BOB)));
        assertThat(pool.execute(USERS.hashes().hgetAll("h"))).isEqualTo(Map.of("a", ANN, "b", BOB));
        pool.execute(USERS.lists().rpush("l", ANN, BOB));
        assertThat(pool.execute(USERS.lists().blpop(Duration.ofSeconds(5), "l")))
                .contains(new Popped<>("l", ANN));
        pool.execute(USERS.sets().sadd("s", ANN));
        assertThat(pool.execute(USERS.sets().sismember("s", ANN))).isTrue();
        pool.execute(USERS.sortedSets().zadd("z", 7, BOB));
        assertThat(pool.execute(USERS.sortedSets().zpopmin("z"))).contains(new Scored<>(BOB, 7));
        pool.execute(USERS.streams().xadd("x", XaddOptions.none().id("1-1"), Map.of("user", ANN)));
        assertThat(pool.execute(USERS.streams().xrange("x", "-", "+")))
                .containsExactly(new StreamEntry<>("1-1", Map.of("user", ANN)));
        RedisReply told = pool.execute(USERS.scripts().eval(RedisScript.of("return ARGV[1]"), List.of(), BOB));
        assertThat(told.value(JsonCodec.of(MAPPER, User.class))).contains(BOB);
        var later = pool.transaction(
                TransactionOptions.defaults(),
                tx -> tx.execute(RedisTransactions.queued(USERS.strings().get("u"))));
        assertThat(later.join()).contains(ANN);
    }

    @Test
    void genericTypesAreJsonToo() {
        RedisTypes<String, List<User>> lists =
                RedisOperations.with(JsonCodec.of(MAPPER, new TypeReference<List<User>>() {}));
        pool.execute(lists.strings().set("k", List.of(ANN, BOB)));
        assertThat(pool.execute(lists.strings().get("k"))).contains(List.of(ANN, BOB));
    }

    @Test
    void bytesAreAsTheyAreInKeysAndValues() {
        byte[] key = {0, 1, -128};
        byte[] value = {-1, 0, 10, 13, 127};
        pool.execute(BYTES.strings().set(key, value));
        assertThat(pool.execute(BYTES.strings().get(key)).orElseThrow()).isEqualTo(value);
        pool.execute(BYTES.hashes().hset(new byte[] {1}, key, value));
        Map<byte[], byte[]> fields = pool.execute(BYTES.hashes().hgetAll(new byte[] {1}));
        assertThat(fields.get(key.clone())).as("found by content").isEqualTo(value);
        pool.execute(BYTES.sets().sadd(new byte[] {2}, key, value));
        assertThat(pool.execute(BYTES.sets().smembers(new byte[] {2})).contains(value.clone()))
                .isTrue();
    }

    @Test
    void aCodecOfOnesOwnWillDo() {
        ValueCodec<Long> numbers = new ValueCodec<>() {
            @Override
            public byte[] encode(Long value) {
                return ByteBuffer.allocate(8).putLong(value).array();
            }

            @Override
            public Long decode(byte[] bytes) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        };
        RedisTypes<Long, Long> longs = RedisOperations.with(numbers, numbers);
        pool.execute(longs.strings().set(7L, 1L << 40));
        assertThat(pool.execute(longs.strings().get(7L))).contains(1L << 40);
        pool.execute(set("short", "abc"));
        assertThatThrownBy(() ->
                        pool.execute(RedisOperations.with(numbers).strings().get("short")))
                .isInstanceOf(OperationFailedException.class)
                .hasCauseInstanceOf(ValueCodecException.class);
    }

    @Test
    void whatCannotBeReadIsPermanentAndKeepsTheConnection() {
        pool.execute(set("u", "{secret"));
        var failure = catchThrowableOfType(
                OperationFailedException.class,
                () -> pool.execute(USERS.strings().get("u")));
        assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        assertThat(failure).hasCauseInstanceOf(ValueCodecException.class).hasMessageNotContaining("{secret");
        assertThatThrownBy(() -> pool.executeAsync(USERS.strings().get("u")).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasCauseInstanceOf(ValueCodecException.class);
        var batched = USERS.strings().get("u");
        var other = RedisOperations.get("u");
        BatchResult result = pool.execute(RedisOperations.batch(batched, other));
        assertThat(result.get(other)).isPresent();
        assertThat(result.outcome(batched).failure().orElseThrow().verdict().call())
                .isEqualTo(CallFate.PERMANENT);
        pool.execute(set("u", "null"));
        assertThatThrownBy(() -> pool.execute(USERS.strings().get("u"))).hasCauseInstanceOf(ValueCodecException.class);
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeItIsSent() {
        RedisTypes<String, Object> any = RedisOperations.with(JsonCodec.of(MAPPER, Object.class));
        assertThatThrownBy(() -> any.strings().set("k", new Object()))
                .isInstanceOf(ValueCodecException.class)
                .hasMessage("value must be what JsonCodec[java.lang.Object] can write");
        assertThatThrownBy(() -> USERS.strings().set("k", null)).isInstanceOf(NullPointerException.class);
    }
}
