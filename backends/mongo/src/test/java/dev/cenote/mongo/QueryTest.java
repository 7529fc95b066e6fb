package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static dev.cenote.mongo.MongoOperations.aggregate;
import static dev.cenote.mongo.MongoOperations.countDocuments;
import static dev.cenote.mongo.MongoOperations.deleteMany;
import static dev.cenote.mongo.MongoOperations.distinct;
import static dev.cenote.mongo.MongoOperations.estimatedDocumentCount;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static dev.cenote.mongo.MongoOperations.insertMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CollationStrength;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts, different values, and what a server makes of the finer options. */
class QueryTest {
    private static final Verdict PERMANENT = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
    private static final boolean REAL = Product.MONGODB.externalUri().isPresent();

    private static MongoPool pool;

    @BeforeAll
    static void open() {
        pool = MongoPool.builder()
                .uri(TestServers.shared(Product.MONGODB).uri())
                .database("queries")
                .maxSize(2)
                .build();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @BeforeEach
    void fourUsers() {
        pool.execute(deleteMany("users", new Document()));
        pool.execute(insertMany(
                "users", List.of(user(1, "ann", 20), user(2, "bob", 30), user(3, "cid", 40), user(4, "ann", 50))));
    }

    private static Document user(int id, String name, int age) {
        return new Document("_id", id).append("name", name).append("age", age);
    }

    @Test
    void countSkipsAndLimits() {
        assertThat(pool.execute(countDocuments("users", exists("name")))).isEqualTo(4);
        assertThat(pool.execute(countDocuments("users", exists("name")).skip(1)))
                .isEqualTo(3);
        assertThat(pool.execute(countDocuments("users", exists("name")).skip(1).limit(2)))
                .isEqualTo(2);
        assertThatThrownBy(() -> countDocuments("users", exists("name")).limit(0))
                .hasMessage("limit must be >= 1, was 0");
    }

    @Test
    void estimateComesFromMetadata() {
        assertThat(pool.execute(estimatedDocumentCount("users"))).isEqualTo(4);
        assertThat(pool.execute(estimatedDocumentCount("nothing"))).isZero();
        assertThat(pool.executeAsync(estimatedDocumentCount("users")).join()).isEqualTo(4);
    }

    @Test
    void distinctGivesEachValueOnce() {
        assertThat(pool.execute(distinct("users", "name", String.class)))
                .containsExactlyInAnyOrder("ann", "bob", "cid");
        assertThat(pool.execute(distinct("users", "age", Integer.class).filter(eq("name", "ann"))))
                .containsExactlyInAnyOrder(20, 50);
        assertThat(pool.execute(distinct("users", "none", String.class))).isEmpty();
    }

    @Test
    void refusedReadsArePermanentAndKeepTheConnection() {
        var nonsense = Document.parse("{age: {$nonsense: 1}}");
        for (var operation : List.of(
                find("users", nonsense),
                findOne("users", nonsense),
                countDocuments("users", nonsense),
                distinct("users", "name", String.class).filter(nonsense),
                distinct("users", "name", Integer.class),
                aggregate("users", List.of(Document.parse("{$nonsense: {}}"))))) {
            var error = catchThrowableOfType(OperationFailedException.class, () -> pool.execute(operation));
            assertThat(error).as(operation.toString()).isNotNull();
            assertThat(error.verdict()).as(operation.toString()).isEqualTo(PERMANENT);
        }
    }

    @Test
    void collationSaysWhatIsEqual() {
        assumeTrue(REAL, "the stand-in has no collations: set CENOTE_TEST_MONGODB_URI");
        Collation anyCase = Collation.builder()
                .locale("en")
                .collationStrength(CollationStrength.SECONDARY)
                .build();
        assertThat(pool.execute(find("users", eq("name", "ANN")).collation(anyCase)))
                .hasSize(2);
        assertThat(pool.execute(countDocuments("users", eq("name", "ANN")).collation(anyCase)))
                .isEqualTo(2);
        assertThat(pool.execute(deleteMany("users", eq("name", "ANN")).collation(anyCase))
                        .getDeletedCount())
                .isEqualTo(2);
    }

    @Test
    void hintMustNameAnIndex() {
        assumeTrue(REAL, "the stand-in takes no notice of hints: set CENOTE_TEST_MONGODB_URI");
        assertThat(pool.execute(find("users").hint("_id_"))).hasSize(4);
        var error = catchThrowableOfType(
                OperationFailedException.class, () -> pool.execute(find("users").hint("none")));
        assertThat(error.verdict()).isEqualTo(PERMANENT);
    }
}
