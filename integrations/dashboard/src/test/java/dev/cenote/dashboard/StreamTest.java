package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of messages for who is slow to take them. */
class StreamTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Stream stream = new Stream(nanos::get);

    private static byte[] message(int number) {
        return ("data: " + number + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private CompletableFuture<Void> writing(OutputStream out) {
        return CompletableFuture.runAsync(() -> {
            try {
                stream.write(out);
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
    }

    @Test
    void whatIsTooMuchReplacesTheOldestAndIsTold() throws Exception {
        for (int i = 0; i < 100; i++) {
            stream.offer(message(i));
        }
        var in = new PipedInputStream(65_536);
        CompletableFuture<Void> writer = writing(new PipedOutputStream(in));
        String expected = "event: missed\ndata: {\"messages\":76}\n\n";
        assertThat(new String(in.readNBytes(expected.length()), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        for (int i = 76; i < 100; i++) {
            assertThat(in.readNBytes(message(i).length)).isEqualTo(message(i));
        }
        stream.offer(message(100));
        assertThat(in.readNBytes(message(100).length)).isEqualTo(message(100));
        stream.end();
        writer.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoTakesNothingIsLeftAndOnlyThen() throws Exception {
        Pipe pipe = Pipe.open();
        stream.offer(new byte[8 << 20]); // more than a pipe holds
        var begun = new CountDownLatch(1);
        OutputStream sink = Channels.newOutputStream(pipe.sink());
        CompletableFuture<Void> writer = writing(new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                begun.countDown();
                sink.write(bytes, offset, length);
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
        stream.endIfStuck();
        assertThat(writer).isNotDone();
        nanos.addAndGet(1);
        stream.endIfStuck();
        assertThatThrownBy(() -> writer.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(java.nio.channels.ClosedByInterruptException.class);
        assertThat(pipe.sink().isOpen()).isFalse();
    }

    @Test
    void whoWaitsForMessagesIsNotStuck() throws Exception {
        var out = new ByteArrayOutputStream();
        CompletableFuture<Void> writer = writing(out);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        stream.endIfStuck();
        assertThat(writer).isNotDone();
        stream.end();
        writer.get(30, TimeUnit.SECONDS);
    }
}
