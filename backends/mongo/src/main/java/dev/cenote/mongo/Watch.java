package dev.cenote.mongo;

import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.changestream.FullDocument;
import com.mongodb.client.model.changestream.FullDocumentBeforeChange;
import dev.cenote.protocols.Check;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which changes to watch, and how; for {@link MongoPool#watch} and {@link MongoPool#publisher}. Immutable: each method
 * gives another one. A change stream needs a replica set or a sharded cluster.
 *
 * <pre>{@code
 * Watch<Document> paid = Watch.collection("orders")
 *         .pipeline(List.of(match(eq("fullDocument.state", "paid"))))
 *         .fullDocument(FullDocument.UPDATE_LOOKUP);
 * }</pre>
 *
 * @param <T> what the documents become
 */
public final class Watch<T> {
    private enum Scope {
        COLLECTION,
        DATABASE,
        DEPLOYMENT
    }

    private final Scope scope;
    private final String collection;
    private final Class<T> type;
    private List<? extends Bson> pipeline = List.of();
    private ResumePoint start = ResumePoint.now();
    private @Nullable FullDocument fullDocument;
    private @Nullable FullDocumentBeforeChange before;
    private @Nullable Collation collation;
    private @Nullable String comment;
    private boolean expanded;
    private int batchSize;
    private int buffer = 256;
    private Duration maxAwait = Duration.ofSeconds(1);
    private Optional<Duration> giveUpAfter = Optional.empty();

    private Watch(Scope scope, String collection, Class<T> type) {
        this.scope = scope;
        this.collection = collection;
        this.type = type;
    }

    private Watch(Watch<?> other, Class<T> type) {
        this(other.scope, other.collection, type);
        pipeline = other.pipeline;
        start = other.start;
        fullDocument = other.fullDocument;
        before = other.before;
        collation = other.collation;
        comment = other.comment;
        expanded = other.expanded;
        batchSize = other.batchSize;
        buffer = other.buffer;
        maxAwait = other.maxAwait;
        giveUpAfter = other.giveUpAfter;
    }

    private Watch<T> copy() {
        return new Watch<>(this, type);
    }

    /**
     * The changes of one collection of the pool's database.
     *
     * @throws dev.cenote.protocols.errors.ConfigurationException if the server takes no such name
     */
    public static Watch<Document> collection(String name) {
        return new Watch<>(Scope.COLLECTION, MongoOperations.validCollection(name), Document.class);
    }

    /** The changes of all collections of the pool's database. */
    public static Watch<Document> database() {
        return new Watch<>(Scope.DATABASE, "", Document.class);
    }

    /** The changes of all databases. */
    public static Watch<Document> deployment() {
        return new Watch<>(Scope.DEPLOYMENT, "", Document.class);
    }

    /** Makes {@code other} of each document, by the pool's codec registry. Default: {@link Document}. */
    public <U> Watch<U> as(Class<U> other) {
        return new Watch<>(this, other);
    }

    /** What the server does with each change before it sends it: chooses, leaves out fields. It must keep {@code _id}. */
    public Watch<T> pipeline(List<? extends Bson> stages) {
        Watch<T> changed = copy();
        changed.pipeline = List.copyOf(stages);
        return changed;
    }

    /** Whether an update brings the whole document with it. Default: the server's, which is only what was changed. */
    public Watch<T> fullDocument(FullDocument lookup) {
        Watch<T> changed = copy();
        changed.fullDocument = lookup;
        return changed;
    }

    /** Whether a change brings the document as it was before. Default: no. */
    public Watch<T> fullDocumentBeforeChange(FullDocumentBeforeChange lookup) {
        Watch<T> changed = copy();
        changed.before = lookup;
        return changed;
    }

    /** By what rules the pipeline compares strings. Default: the server's. */
    public Watch<T> collation(Collation rules) {
        Watch<T> changed = copy();
        changed.collation = rules;
        return changed;
    }

    /** What the server's log and profiler show. Default: nothing. */
    public Watch<T> comment(String text) {
        Watch<T> changed = copy();
        changed.comment = text;
        return changed;
    }

    /** Tells of indexes, views and changed options too, which MongoDB 6.0 and later can. Default: it does not. */
    public Watch<T> showExpandedEvents() {
        Watch<T> changed = copy();
        changed.expanded = true;
        return changed;
    }

    /**
     * Begins after the change of that token, as {@link ChangeStream#resumeToken()} or an event's {@code getResumeToken()}
     * gave it. Refused by the server if it is the token of an invalidation. Takes the place of any other beginning. Default:
     * what happens from now on.
     */
    public Watch<T> resumeAfter(BsonDocument token) {
        return from(ResumePoint.resumeAfter(token));
    }

    /** As {@link #resumeAfter}; also after an invalidation, when the collection was dropped and may be there again. */
    public Watch<T> startAfter(BsonDocument token) {
        return from(ResumePoint.startAfter(token));
    }

    /** Begins with the changes of that time, which must still be in the server's oplog. */
    public Watch<T> startAtOperationTime(BsonTimestamp time) {
        return from(ResumePoint.at(time));
    }

    private Watch<T> from(ResumePoint point) {
        Watch<T> changed = copy();
        changed.start = point;
        return changed;
    }

    /** How many changes the server sends at a time. At least 1; default: the server's choice. */
    public Watch<T> batchSize(int changes) {
        Watch<T> changed = copy();
        changed.batchSize = Check.atLeast("batchSize", 1, changes);
        return changed;
    }

    /**
     * How many changes are read ahead of {@link ChangeStream#next()}; while that many wait, no more are asked for. A
     * publisher reads ahead no more than a batch. At least 1; default 256.
     */
    public Watch<T> buffer(int changes) {
        Watch<T> changed = copy();
        changed.buffer = Check.atLeast("buffer", 1, changes);
        return changed;
    }

    /**
     * How long the server waits for a change before it answers that there is none: as long a closed stream may keep its
     * socket. At most half of the pool's operation time-out is used. Must be &gt; 0; default 1 s.
     */
    public Watch<T> maxAwait(Duration time) {
        Watch<T> changed = copy();
        changed.maxAwait = Check.positive("maxAwait", time);
        return changed;
    }

    /**
     * How long attempts to resume may go on failing before the stream fails. Must be &gt; 0; default: until it is closed.
     */
    public Watch<T> giveUpAfter(Duration time) {
        Watch<T> changed = copy();
        changed.giveUpAfter = Optional.of(Check.positive("giveUpAfter", time));
        return changed;
    }

    ResumePoint start() {
        return start;
    }

    int buffer() {
        return buffer;
    }

    Optional<Duration> giveUpAfter() {
        return giveUpAfter;
    }

    /** The driver's, with all but the beginning; each round trip ends by {@code timeout}. */
    ChangeStreamIterable<T> on(MongoCluster cluster, String databaseName, Duration timeout) {
        MongoCluster limited = cluster.withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        MongoDatabase database = limited.getDatabase(databaseName);
        ChangeStreamIterable<T> changes = switch (scope) {
            case COLLECTION -> database.getCollection(collection).watch(pipeline, type);
            case DATABASE -> database.watch(pipeline, type);
            case DEPLOYMENT -> limited.watch(pipeline, type);
        };
        Duration half = timeout.dividedBy(2);
        Duration await = maxAwait.compareTo(half) < 0 ? maxAwait : half;
        changes.maxAwaitTime(Math.max(1, await.toMillis()), TimeUnit.MILLISECONDS);
        if (fullDocument != null) {
            changes.fullDocument(fullDocument);
        }
        if (before != null) {
            changes.fullDocumentBeforeChange(before);
        }
        if (comment != null) {
            changes.comment(comment);
        }
        if (expanded) {
            changes.showExpandedEvents(true);
        }
        if (batchSize > 0) {
            changes.batchSize(batchSize);
        }
        return collation == null ? changes : changes.collation(collation);
    }

    /** What it watches. */
    @Override
    public String toString() {
        return "watch " + (scope == Scope.COLLECTION ? collection : scope.name().toLowerCase(Locale.ROOT));
    }

    static <T> Watch<T> valid(Watch<T> watch) {
        return Objects.requireNonNull(watch, "watch");
    }
}
