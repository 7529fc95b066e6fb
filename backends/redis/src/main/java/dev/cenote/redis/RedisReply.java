package dev.cenote.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Redis answered to a script, a function or a {@link RedisOperations#command raw command}: nothing, text, a number, or
 * a list of replies. A map is the list of its keys and values in turn, whatever the version of the protocol. Immutable.
 *
 * <p>Whoever asks for a type that the reply is not gets a {@link io.lettuce.core.RedisException}; an element of a list
 * that is an error throws it when it is asked for anything but {@link #isError()}.
 */
public final class RedisReply {
    private final @Nullable Object reply;

    RedisReply(@Nullable Object reply) {
        this.reply = reply;
    }

    @Nullable
    Object raw() {
        return reply;
    }

    /** True if there is no reply, which Redis has as nil. */
    public boolean isNothing() {
        return reply == null;
    }

    /** True for an element of a list that is an error. */
    public boolean isError() {
        return reply instanceof RuntimeException;
    }

    /** Its text; empty if there is none. A number is told as text too. */
    public Optional<String> text() {
        return Reply.maybe(reply, some -> new String(Reply.printed(some), StandardCharsets.UTF_8));
    }

    /** Its bytes, a copy of them; empty if there is none. */
    public Optional<byte[]> bytes() {
        return Reply.maybe(reply, some -> Reply.printed(some).clone());
    }

    /** What {@code codec} reads in it; empty if there is none. */
    public <T> Optional<T> value(ValueCodec<T> codec) {
        return bytes().map(bytes -> TypedGroup.decoded(codec, bytes));
    }

    /** Its whole number, also where it came as text. */
    public long number() {
        return Reply.number(reply);
    }

    /** Its decimal number, also where it came as text. */
    public double decimal() {
        return Reply.decimal(reply);
    }

    /** True if it is 1, or the newer protocol's true. */
    public boolean isTrue() {
        return Reply.isTrue(reply);
    }

    /** The elements of its list; none if there is no reply. */
    public List<RedisReply> list() {
        return Reply.each(reply, RedisReply::new);
    }

    /** What kind of reply it is; not what it says, which may be a secret. */
    @Override
    public String toString() {
        return "RedisReply[" + (reply == null ? "nothing" : reply.getClass().getSimpleName()) + "]";
    }
}
