package dev.cenote.mongo;

import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.insertOne;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import dev.cenote.protocols.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool's commands ask of the server, by its builder and by its URI. */
class ConcernsTest {
    private final RecordingBackend backend = new RecordingBackend();
    private final MongoServer server = backend.serve();

    @AfterEach
    void close() {
        server.shutdownNow();
    }

    private Document sent(MongoPoolBuilder builder, String command) {
        try (var pool = builder.build()) {
            pool.execute(find("users"));
            pool.execute(insertOne("users", new org.bson.Document()));
            return backend.commands(command).get(0);
        }
    }

    private MongoPoolBuilder byUri() {
        return MongoPool.builder()
                .uri(backend.uri()
                        + "/?readPreference=nearest&readConcernLevel=local&w=majority&journal=true&wTimeoutMS=250");
    }

    private MongoPoolBuilder byBuilder() {
        return byUri().readPreference(ReadPreference.secondary())
                .readConcern(ReadConcern.MAJORITY)
                .writeConcern(WriteConcern.W1);
    }

    @Test
    void theUrisHold() {
        Document read = sent(byUri(), "find");
        assertThat(read.get("$readPreference")).hasToString("{\"mode\" : \"nearest\"}");
        assertThat(read.get("readConcern")).hasToString("{\"level\" : \"local\"}");
    }

    @Test
    void theUrisWriteConcernHolds() {
        Document concern = (Document) sent(byUri(), "insert").get("writeConcern");
        assertThat(concern.get("w")).isEqualTo("majority");
        assertThat(concern.get("j")).isEqualTo(true);
    }

    @Test
    void theBuildersTakeThePlaceOfTheUris() {
        Document read = sent(byBuilder(), "find");
        assertThat(read.get("$readPreference")).hasToString("{\"mode\" : \"secondary\"}");
        assertThat(read.get("readConcern")).hasToString("{\"level\" : \"majority\"}");
    }

    @Test
    void theBuildersWriteConcernTakesThePlaceOfTheUris() {
        assertThat(sent(byBuilder(), "insert").get("writeConcern")).hasToString("{\"w\" : 1}");
    }

    @Test
    void aDeadlineIsTheServersTimeLimit() {
        try (var pool = MongoPool.builder().uri(backend.uri()).build()) {
            pool.execute(find("users"), Deadline.after(Duration.ofSeconds(3)));
            Number limit = (Number) backend.commands("find").get(0).get("maxTimeMS");
            assertThat(limit.longValue()).isBetween(1L, 3_000L);
        }
    }
}
