package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.redis.Reply.Decoder;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One command and its one reply. */
record SingleCommand<R>(String name, Keyword keyword, Words words, Decoder<R> decoder, boolean changesSession)
        implements Execution<R> {
    /** What follows the command's name: {@code before} alone where nothing is waited for. */
    record Words(
            CommandArgs<byte[], byte[]> before, @Nullable Waiting waiting, CommandArgs<byte[], byte[]> after) {
        CommandArgs<byte[], byte[]> by(Deadline deadline) {
            if (waiting == null) {
                return before;
            }
            return new CommandArgs<>(ByteArrayCodec.INSTANCE)
                    .addAll(before)
                    .add(waiting.by(deadline))
                    .addAll(after);
        }
    }

    /** This of some keys and nothing else. */
    SingleCommand<R> of(List<byte[]> keys) {
        var args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        keys.forEach(args::addKey);
        return new SingleCommand<>(
                name,
                keyword,
                new Words(args, null, new CommandArgs<>(ByteArrayCodec.INSTANCE)),
                decoder,
                changesSession);
    }

    private RedisFuture<@Nullable Object> send(RedisConnection connection, Deadline deadline) {
        if (changesSession) {
            connection.expose();
        }
        return connection.bytes().dispatch(keyword, new ReplyOutput(), words.by(deadline));
    }

    @Override
    public CompletionStage<R> start(RedisConnection connection, Deadline deadline) {
        return send(connection, deadline).thenApply(decoder.from());
    }

    @Override
    public R run(RedisConnection connection, Deadline deadline) throws Exception {
        return decoder.from().apply(RedisConnector.await(send(connection, deadline), deadline, name));
    }

    @Override
    public CompletionStage<R> startAmongOthers(RedisConnection connection) {
        return start(connection, Deadline.none());
    }

    @Override
    public Optional<String> whyAlone() {
        if (words.waiting() != null) {
            return Optional.of("it waits on the server");
        }
        return changesSession ? Optional.of("it changes the session of its connection") : Optional.empty();
    }
}
