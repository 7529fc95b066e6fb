package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.command;
import static dev.cenote.redis.RedisOperations.key;
import static dev.cenote.redis.RedisOperations.lists;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.redis.RedisOperation.Lane;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands by name. */
@Tag("oldest-lettuce")
class RawCommandTest {
    private final TestServer server = TestServers.shared(Product.REDIS);
    private RedisPool pool;

    @BeforeEach
    void open() {
        pool = RedisPool.builder().uri(server.uri()).database(7).maxSize(1).build();
        pool.execute(command("FLUSHDB"));
    }

    @AfterEach
    void close() {
        Consistency.assertAtRest(pool);
        pool.close();
    }

    @Test
    void takesTextBytesNumbersAndKeys() {
        byte[] value = {0, -1, 13, 10};
        assertThat(pool.execute(command("set", key("k"), value)).text()).contains("OK");
        assertThat(pool.execute(command(Effect.READ_ONLY, "GET", key("k"))).bytes())
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(value));
        assertThat(pool.execute(command("INCRBY", key("n"), 41)).number()).isEqualTo(41);
        assertThat(pool.execute(command("INCRBYFLOAT", key("n"), 0.5)).decimal())
                .isEqualTo(41.5);
        pool.execute(lists().rpush("l", "a"));
        assertThat(pool.execute(command("OBJECT", "ENCODING", key("l"))).text()).isPresent();
        assertThat(pool.execute(command("GET", key("none"))).isNothing()).isTrue();
        assertThat(pool.execute(command("LRANGE", key("l"), 0, -1)).list())
                .extracting(element -> element.text().orElseThrow())
                .containsExactly("a");
        assertThatThrownBy(() -> pool.execute(command("GET", key("k"))).list()).isInstanceOf(RedisException.class);
        assertThatThrownBy(() -> pool.execute(command("INCR", key("l"))))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void namesItsKeysAndTellsItsEffectAndNoArgument() {
        RedisOperation<RedisReply> raw = command("SETRANGE", key("k"), 3, "secret");
        assertThat(raw.effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(raw.target()).contains("k");
        assertThat(raw.keys()).singleElement().isEqualTo("k".getBytes(StandardCharsets.UTF_8));
        assertThat(raw).hasToString("SETRANGE k");
        assertThat(command(Effect.IDEMPOTENT, "SETRANGE", key("k"), 3, "x").effect())
                .isEqualTo(Effect.IDEMPOTENT);
        assertThatThrownBy(() -> command("SET", key("k"), new StringBuilder("secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("argument must be text, bytes, a number or a key, was a java.lang.StringBuilder");
        assertThatThrownBy(() -> command("OBJECT ENCODING", key("k")))
                .hasMessage("name must be one word, with the others as arguments, was \"OBJECT ENCODING\"");
    }

    @Test
    void whatWouldTakeTheConnectionAwayIsRefused() {
        for (String refused : RawCommand.REFUSED.keySet()) {
            String[] words = refused.split(" ");
            Object[] args = words.length > 1 ? new Object[] {words[1].toLowerCase(Locale.ROOT)} : new Object[0];
            assertThatThrownBy(() -> command(words[0].toLowerCase(Locale.ROOT), args))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("name must not be " + refused + ", which ");
        }
    }

    @Test
    void whatWaitsOrChangesTheSessionOrIsNotKnownHasAConnectionToItself() {
        assertThat(command("BLPOP", key("l"), 1).lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThat(command("xread", "block", 5, "STREAMS", key("x"), "$").lane())
                .isEqualTo(Lane.EXCLUSIVE);
        assertThat(command("XREAD", "STREAMS", key("x"), "0").lane()).isEqualTo(Lane.SHARED);
        assertThat(command("SELECT", 3).lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThat(command("CLIENT", "SETNAME", "me").lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThat(command("CLIENT", "ID").lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThat(command("FT.SEARCH", "index").lane()).isEqualTo(Lane.EXCLUSIVE);
        assertThat(command("GET", key("k")).lane()).isEqualTo(Lane.SHARED);
        for (int i = 0; i < 3; i++) {
            assertThat(pool.execute(command("CLIENT", "ID")).number()).isPositive();
        }
    }

    @Test
    void noneClaimsTheSharedLaneThatASharedConnectionRefuses() {
        for (String name : ExclusiveCommands.NAMES) {
            if (!RawCommand.REFUSED.containsKey(name)) {
                assertThat(command(name).lane()).as(name).isEqualTo(Lane.EXCLUSIVE);
            }
        }
    }

    @Test
    void aSessionThatItChangedIsCleaned() {
        pool.execute(set("k", "here"));
        for (int i = 0; i < 3; i++) {
            pool.execute(command("SELECT", 3));
            assertThat(pool.execute(RedisOperations.get("k").exclusive())).contains("here");
        }
        try (var lease = pool.acquire()) {
            lease.execute(command("CLIENT", "SETNAME", "somebody"));
            lease.execute(command("SELECT", 3));
        }
        try (var lease = pool.acquire()) {
            assertThat(lease.execute(command("CLIENT", "INFO")).text().orElseThrow())
                    .contains(" name= ", " db=7 ");
        }
    }

    @Test
    void whatChangesTheSessionIsNoPartOfATransaction() {
        assertThatThrownBy(() -> pool.transaction(
                        TransactionOptions.defaults(),
                        tx -> tx.execute(RedisTransactions.queued(command("SELECT", 3)))))
                .isInstanceOf(TransactionException.class)
                .hasMessage("SELECT cannot be queued in a transaction: it changes the session of its connection");
    }
}
