package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.updateMany;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.SessionException;
import dev.cenote.testkit.contracts.BackendContract;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import java.util.Optional;

class MongoContractTest extends BackendContract<MongoConnection, MongoPoolBuilder> {
    @Override
    protected Product product() {
        return Product.MONGODB;
    }

    @Override
    protected MongoPoolBuilder builder(String uri) {
        return MongoPool.builder().uri(uri);
    }

    @Override
    protected Operation<MongoConnection, ?> ping() {
        return findOne("nothing", eq("_id", 0));
    }

    /** The driver tries a read again by itself, and a write where the server has sessions: not one of many documents. */
    @Override
    protected Operation<MongoConnection, ?> once() {
        return updateMany("nothing", eq("_id", 0), set("x", 1));
    }

    @Override
    protected List<Dirt<MongoConnection>> dirt() {
        return List.of(
                new Dirt<>("a session", MongoContractTest::leaveSession, MongoContractTest::assertNoTransaction));
    }

    /** The stand-in has no sessions: there the lease says so, and stays usable. */
    private static void leaveSession(Lease<MongoConnection> lease) {
        try {
            lease.unwrap(ClientSession.class).startTransaction();
        } catch (SessionException none) {
            assertThat(none).hasMessageContaining("session");
        }
    }

    private static void assertNoTransaction(Lease<MongoConnection> lease) {
        lease.execute(findOne("nothing", eq("_id", 0)));
        try {
            assertThat(lease.unwrap(ClientSession.class).hasActiveTransaction()).isFalse();
        } catch (SessionException none) {
            assertThat(none).hasMessageContaining("session");
        }
    }

    @Override
    protected Optional<String> uriOfMissingDatabase(String uri) {
        return Optional.empty();
    }

    @Override
    protected Optional<String> noPasswords() {
        return Optional.of("the stand-in for MongoDB asks for no password");
    }
}
