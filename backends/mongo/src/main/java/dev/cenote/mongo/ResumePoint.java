package dev.cenote.mongo;

import com.mongodb.client.ChangeStreamIterable;
import java.util.Objects;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Where a change stream begins, and begins again after an error. Immutable.
 *
 * @param token of what was seen last
 * @param isStart true if the token was given to start after, and no change has come since: only then may it be that of an
 *     invalidation
 * @param time of the first change that is wanted, where there is no token
 */
record ResumePoint(
        @Nullable BsonDocument token,
        boolean isStart,
        @Nullable BsonTimestamp time) {
    private static final ResumePoint NOW = new ResumePoint(null, false, null);

    static ResumePoint now() {
        return NOW;
    }

    static ResumePoint resumeAfter(BsonDocument token) {
        return new ResumePoint(Objects.requireNonNull(token, "token"), false, null);
    }

    static ResumePoint startAfter(BsonDocument token) {
        return new ResumePoint(Objects.requireNonNull(token, "token"), true, null);
    }

    static ResumePoint at(BsonTimestamp time) {
        return new ResumePoint(null, false, Objects.requireNonNull(time, "time"));
    }

    /** The first moment after {@code time}. */
    static ResumePoint after(BsonTimestamp time) {
        return at(new BsonTimestamp(time.getTime(), time.getInc() + 1));
    }

    /** True if it names no place in the stream: what happens until the stream is open again would be missed. */
    boolean isNow() {
        return token == null && time == null;
    }

    Optional<BsonDocument> optionalToken() {
        return Optional.ofNullable(token);
    }

    /** This, moved to what the server says has been looked through; unchanged if it says nothing. */
    ResumePoint movedTo(@Nullable BsonDocument seen) {
        return seen == null ? this : new ResumePoint(seen, isStart, null);
    }

    void apply(ChangeStreamIterable<?> changes) {
        if (token != null && isStart) {
            changes.startAfter(token);
        } else if (token != null) {
            changes.resumeAfter(token);
        } else if (time != null) {
            changes.startAtOperationTime(time);
        }
    }
}
