package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.BackendContract;
import dev.cenote.testkit.servers.TestServers.Product;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

@Tag("oldest-lettuce")
class RedisContractTest extends BackendContract<RedisConnection, RedisPoolBuilder> {
    @Override
    protected Product product() {
        return Product.REDIS;
    }

    @Override
    protected RedisPoolBuilder builder(String uri) {
        return RedisPool.builder().uri(uri);
    }

    @Override
    protected Operation<RedisConnection, String> ping() {
        return RedisOperations.ping();
    }

    @Override
    protected Operation<RedisConnection, ?> slow() {
        return RedisOperations.command(Effect.READ_ONLY, "BLPOP", "nothing-comes", "2");
    }

    @Override
    protected Product stranger() {
        return Product.POSTGRES;
    }

    private static Dirt<RedisConnection> dirt(
            String name, java.util.function.Consumer<RedisCommands<String, String>> leave) {
        return new Dirt<>(name, lease -> leave.accept(commands(lease)), RedisContractTest::assertClean);
    }

    @SuppressWarnings("unchecked")
    private static RedisCommands<String, String> commands(Lease<RedisConnection> lease) {
        return lease.unwrap(RedisCommands.class);
    }

    private static void assertClean(Lease<RedisConnection> lease) {
        lease.execute(set("clean", "yes"));
        assertThat(lease.execute(get("clean"))).contains("yes");
        assertThat(commands(lease).clientInfo())
                .contains(" flags=N ", " db=0 ", " sub=0 ", " psub=0 ", " multi=-1 ", " name= ");
        commands(lease).multi();
        commands(lease).set("clean", "still");
        assertThat(commands(lease).exec())
                .as("a transaction that another's WATCH would refuse")
                .isNotNull();
    }

    @Override
    protected List<Dirt<RedisConnection>> dirt() {
        return List.of(
                dirt("WATCH", commands -> {
                    commands.watch("clean");
                    commands.set("clean", "changed");
                }),
                dirt("MULTI", commands -> {
                    commands.multi();
                    commands.set("clean", "no");
                }),
                dirt("SELECT", commands -> commands.select(3)),
                dirt("CLIENT SETNAME", commands -> commands.clientSetname("somebody")),
                dirt("CLIENT TRACKING", commands -> commands.clientTracking(TrackingArgs.Builder.enabled())));
    }

    @Override
    protected Optional<String> uriOfMissingDatabase(String uri) {
        return Optional.of(uri + "/99");
    }
}
