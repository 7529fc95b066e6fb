package dev.cenote.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.ReturnDocument;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The options of all operations, of which each uses those that it has a method for. Null is the driver's default. The
 * fields are written by {@link #with} alone, before anybody else sees the copy.
 */
final class Options {
    static final Options NONE = new Options();

    // ---- on what terms
    @Nullable
    ReadPreference readPreference;

    @Nullable
    ReadConcern readConcern;

    @Nullable
    WriteConcern writeConcern;

    // ---- of what is looked for
    @Nullable
    Bson projection;

    @Nullable
    Bson sort;

    @Nullable
    Bson hint;

    @Nullable
    String hintName;

    @Nullable
    Collation collation;

    @Nullable
    Bson let;

    @Nullable
    BsonValue comment;

    @Nullable
    Boolean allowDiskUse;

    @Nullable
    Integer batchSize;

    int skip;
    int limit;

    // ---- of what is written
    boolean upsert;
    boolean ordered = true;

    @Nullable
    List<? extends Bson> arrayFilters;

    @Nullable
    Boolean bypassValidation;

    ReturnDocument returned = ReturnDocument.BEFORE;

    private Options() {}

    private Options(Options other) {
        readPreference = other.readPreference;
        readConcern = other.readConcern;
        writeConcern = other.writeConcern;
        projection = other.projection;
        sort = other.sort;
        hint = other.hint;
        hintName = other.hintName;
        collation = other.collation;
        let = other.let;
        comment = other.comment;
        allowDiskUse = other.allowDiskUse;
        batchSize = other.batchSize;
        skip = other.skip;
        limit = other.limit;
        upsert = other.upsert;
        ordered = other.ordered;
        arrayFilters = other.arrayFilters;
        bypassValidation = other.bypassValidation;
        returned = other.returned;
    }

    /** A copy with that change. */
    Options with(Consumer<Options> change) {
        var copy = new Options(this);
        change.accept(copy);
        return copy;
    }

    /** True if there are terms of its own, other than the pool's. */
    boolean haveTerms() {
        return readPreference != null || readConcern != null || writeConcern != null;
    }

    /** {@code database} on these terms; its collections inherit them. */
    MongoDatabase on(MongoDatabase database) {
        MongoDatabase result = database;
        if (readPreference != null) {
            result = result.withReadPreference(readPreference);
        }
        if (readConcern != null) {
            result = result.withReadConcern(readConcern);
        }
        if (writeConcern != null) {
            result = result.withWriteConcern(writeConcern);
        }
        return result;
    }
}
