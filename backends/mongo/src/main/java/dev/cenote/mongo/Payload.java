package dev.cenote.mongo;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.CollectibleCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * An object that an operation writes. The codecs that make a document of it may give it an {@code _id}, a new one each
 * time; so it is made once, when it is first written, and what is written again is the same. Thread-safe.
 */
final class Payload {
    private final Object value;
    private final boolean withId;
    private final AtomicReference<@Nullable BsonDocument> made = new AtomicReference<>();

    private Payload(Object value, boolean withId) {
        this.value = value;
        this.withId = withId;
    }

    /** Has an {@code _id}: its own, one of its codec's, or an {@link ObjectId}. */
    static Payload toInsert(Object value) {
        return value instanceof Document document
                ? new Payload(withId(document), true)
                : new Payload(Objects.requireNonNull(value, "document"), true);
    }

    /** Has an {@code _id} only if it says so itself. */
    static Payload toReplace(Object value) {
        return new Payload(Objects.requireNonNull(value, "replacement"), false);
    }

    private static Document withId(Document document) {
        if (document.containsKey("_id")) {
            return new Document(document);
        }
        var copy = new Document("_id", new ObjectId());
        copy.putAll(document);
        return copy;
    }

    /** What it is written as with the least work: a {@link Document} as it is, all else as a {@link BsonDocument}. */
    Class<?> form() {
        return isDocument() ? Document.class : BsonDocument.class;
    }

    boolean isDocument() {
        return value instanceof Document;
    }

    /** The object in one of the {@link #form forms}. */
    <D> D as(Class<D> form, CodecRegistry codecs) {
        return form.cast(form == Document.class ? value : encoded(codecs));
    }

    BsonDocument encoded(CodecRegistry codecs) {
        BsonDocument known = made.get();
        if (known != null) {
            return known;
        }
        BsonDocument fresh = value instanceof BsonDocument document ? identified(document) : encode(value, codecs);
        return made.compareAndSet(null, fresh) ? fresh : Objects.requireNonNull(made.get());
    }

    private BsonDocument identified(BsonDocument document) {
        if (!withId || document.containsKey("_id")) {
            return document;
        }
        var copy = new BsonDocument("_id", new BsonObjectId());
        copy.putAll(document);
        return copy;
    }

    @SuppressWarnings("unchecked") // the codec of its own class
    private <V> BsonDocument encode(V object, CodecRegistry codecs) {
        var codec = (Codec<V>) codecs.get(object.getClass());
        V written = withId && codec instanceof CollectibleCodec<V> ids
                ? ids.generateIdIfAbsentFromDocument(object)
                : object;
        var document = new BsonDocument();
        var context =
                EncoderContext.builder().isEncodingCollectibleDocument(withId).build();
        codec.encode(new BsonDocumentWriter(document), written, context);
        if (document.get("_id") instanceof BsonNull) {
            document.remove("_id");
        }
        return identified(document);
    }

    /** The object that {@code document} stands for. */
    static <T> T decode(BsonDocument document, Class<T> type, CodecRegistry codecs) {
        return codecs.get(type)
                .decode(
                        new BsonDocumentReader(document),
                        DecoderContext.builder().build());
    }
}
