package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;
import static dev.cenote.mongo.MongoOperations.aggregate;
import static dev.cenote.mongo.MongoOperations.bulkWrite;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.findOneAndReplace;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static dev.cenote.mongo.MongoOperations.replaceOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bson.codecs.configuration.CodecRegistries.fromProviders;
import static org.bson.codecs.configuration.CodecRegistries.fromRegistries;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.pojo.PojoCodecProvider;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents as objects of other types. */
class CodecTest {
    /** The driver has a codec for records. */
    public record User(@BsonId ObjectId id, String name, int age) {}

    public record Named(@BsonId String id, String name) {}

    /** A bean, for the driver's POJO codec. */
    public static final class Account {
        private ObjectId id;
        private String owner;

        public Account() {}

        Account(String owner) {
            this.owner = owner;
        }

        public ObjectId getId() {
            return id;
        }

        public void setId(ObjectId id) {
            this.id = id;
        }

        public String getOwner() {
            return owner;
        }

        public void setOwner(String owner) {
            this.owner = owner;
        }
    }

    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("codecs")
                .maxSize(2)
                .codecRegistry(fromRegistries(
                        MongoClientSettings.getDefaultCodecRegistry(),
                        fromProviders(
                                PojoCodecProvider.builder().automatic(true).build())))
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void empty() {
        pool.execute(deleteMany("users", new Document()));
    }

    private static long count() {
        return pool.execute(countDocuments("users", new Document()));
    }

    @Test
    void recordsAreWrittenAndRead() {
        var ann = new User(new ObjectId(), "ann", 20);
        assertThat(pool.execute(insertOne("users", ann))
                        .getInsertedId()
                        .asObjectId()
                        .getValue())
                .isEqualTo(ann.id());
        assertThat(pool.execute(findOne("users", eq("name", "ann")).as(User.class)))
                .contains(ann);
        assertThat(pool.execute(find("users").as(User.class))).containsExactly(ann);
        assertThat(pool.execute(aggregate("users", List.of(new Document("$match", new Document())))
                        .as(User.class)))
                .containsExactly(ann);
    }

    @Test
    void recordWithoutIdIsNotInsertedTwice() {
        var insert = insertOne("users", new User(null, "ann", 20));
        var given = pool.execute(insert).getInsertedId();
        assertThatThrownBy(() -> pool.execute(insert)).hasMessageContaining("E11000");
        assertThat(count()).isEqualTo(1);
        assertThat(pool.execute(findOne("users", eq("_id", given)).as(User.class)))
                .get()
                .extracting(User::name)
                .isEqualTo("ann");
    }

    @Test
    void beansAreWrittenAndRead() {
        var account = new Account("ann");
        var insert = insertOne("users", account);
        pool.execute(insert);
        assertThat(pool.execute(find("users").as(Account.class)))
                .singleElement()
                .extracting(Account::getOwner)
                .isEqualTo("ann");
        assertThatThrownBy(() -> pool.execute(insert)).hasMessageContaining("E11000");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void beanIsWrittenAsItWasWhenItFirstRan() {
        var account = new Account("ann");
        var insert = insertOne("users", account);
        pool.execute(insert);
        pool.execute(deleteMany("users", new Document()));
        account.setOwner("bob");
        pool.execute(insert);
        assertThat(pool.execute(findOne("users", new Document())).orElseThrow().getString("owner"))
                .isEqualTo("ann");
    }

    @Test
    void manyObjectsWithoutIdsAreNotInsertedTwice() {
        var insert = insertMany("users", List.of(new User(null, "ann", 1), new User(null, "bob", 2)));
        assertThat(pool.execute(insert).applied()).isEqualTo(2);
        var error = catchThrowableOfType(BulkException.class, () -> pool.execute(insert.unordered()));
        assertThat(error.result().failures()).containsOnlyKeys(0, 1);
        assertThat(count()).isEqualTo(2);
        var bulk = bulkWrite("users", List.of(new InsertOneModel<>(new User(null, "cid", 3))));
        pool.execute(bulk);
        assertThatThrownBy(() -> pool.execute(bulk)).isInstanceOf(BulkException.class);
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void objectsReplaceDocuments() {
        pool.execute(insertOne("users", new Named("a", "ann")));
        pool.execute(replaceOne("users", eq("_id", "a"), new Named("a", "bob")));
        assertThat(pool.execute(find("users").as(Named.class))).containsExactly(new Named("a", "bob"));
        pool.execute(bulkWrite("users", List.of(new ReplaceOneModel<>(eq("_id", "a"), new Named("a", "cid")))));
        assertThat(pool.execute(findOneAndReplace("users", eq("_id", "a"), new Named("a", "dan"))))
                .contains(new Named("a", "cid"));
        assertThat(pool.execute(findOneAndReplace("users", eq("_id", "a"), new Named("a", "eve"))
                        .returnAfter()
                        .as(Document.class)))
                .contains(new Document("_id", "a").append("name", "eve"));
    }

    @Test
    void replacementWithoutIdLeavesTheOldOne() {
        pool.execute(insertOne("users", new User(new ObjectId("65f000000000000000000001"), "ann", 1)));
        var result = pool.execute(replaceOne("users", eq("name", "ann"), new User(null, "bob", 2)));
        assertThat(result.getModifiedCount()).isEqualTo(1);
        assertThat(pool.execute(findOne("users", eq("name", "bob")).as(User.class)))
                .contains(new User(new ObjectId("65f000000000000000000001"), "bob", 2));
    }

    @Test
    void rawDocumentsAreWrittenAndRead() {
        var insert = insertOne("users", RawBsonDocument.parse("{name: 'raw'}"));
        pool.execute(insert);
        assertThatThrownBy(() -> pool.execute(insert)).hasMessageContaining("E11000");
        pool.execute(insertOne("users", RawBsonDocument.parse("{_id: 7, name: 'seven'}")));
        List<RawBsonDocument> found =
                pool.execute(find("users").sort(ascending("name")).as(RawBsonDocument.class));
        assertThat(found).extracting(raw -> raw.getString("name").getValue()).containsExactly("raw", "seven");
        assertThat(found.get(1).getInt32("_id").getValue()).isEqualTo(7);
    }

    @Test
    void bsonDocumentOfTheCallersIsLeftAlone() {
        var document = BsonDocument.parse("{name: 'ann'}");
        assertThat(pool.execute(insertOne("users", document)).getInsertedId()).isNotNull();
        assertThat(document).isEqualTo(BsonDocument.parse("{name: 'ann'}"));
    }

    @Test
    void typeWithoutCodecIsTheCallersMistake() {
        try (var plain = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("codecs")
                .build()) {
            plain.execute(insertOne("users", new Document("owner", "ann")));
            for (var operation : List.of(
                    insertOne("users", new Account("bob")),
                    replaceOne("users", new Document(), new Account("bob")),
                    find("users").as(Account.class))) {
                var error = catchThrowableOfType(OperationFailedException.class, () -> plain.execute(operation));
                assertThat(error.verdict().call()).as(operation.toString()).isEqualTo(CallFate.PERMANENT);
            }
        }
    }

    @Test
    void recordsNeedNoRegistryOfTheirOwn() {
        try (var plain = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("codecs")
                .build()) {
            plain.execute(insertOne("users", new Named("a", "ann")));
            assertThat(plain.execute(find("users").as(Named.class))).containsExactly(new Named("a", "ann"));
        }
    }
}
