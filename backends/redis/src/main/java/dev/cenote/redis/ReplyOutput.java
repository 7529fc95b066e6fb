package dev.cenote.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.internal.ExceptionFactory;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it came, whatever the version of the protocol: bytes, {@link Long}, {@link Double}, {@link Boolean}, null,
 * lists of these, and within a list the exception that stands for an error. A map is the list of its keys and values in
 * turn. {@link Reply} reads it.
 *
 * <p>It counts the elements of each array itself, since within EXEC the driver tells depths of another origin.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], @Nullable Object> {
    private record Frame(List<@Nullable Object> elements, int size) {}

    private final Deque<Frame> open = new ArrayDeque<>(2);

    @SuppressWarnings("NullAway") // the driver's own way to begin with nothing
    ReplyOutput() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    private void add(@Nullable Object element) {
        Object complete = element;
        while (true) {
            Frame frame = open.peek();
            if (frame == null) {
                output = complete;
                return;
            }
            frame.elements.add(complete);
            if (frame.elements.size() < frame.size) {
                return;
            }
            open.pop();
            complete = frame.elements;
        }
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            add(null);
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        add(copy);
    }

    @Override
    public void set(long integer) {
        add(integer);
    }

    @Override
    public void set(double number) {
        add(number);
    }

    @Override
    public void set(boolean value) {
        add(value);
    }

    @Override
    public void setError(ByteBuffer error) {
        setError(StandardCharsets.UTF_8.decode(error).toString());
    }

    @Override
    public void setError(String message) {
        if (open.isEmpty()) {
            super.setError(message);
        } else {
            add(ExceptionFactory.createExecutionException(message));
        }
    }

    @Override
    public void multi(int count) {
        if (count < 0) {
            add(null);
        } else if (count == 0) {
            add(List.of());
        } else {
            open.push(new Frame(new ArrayList<>(count), count));
        }
    }
}
