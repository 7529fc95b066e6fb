package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who begins requests and does not end them keeps nobody else out. */
@Timeout(60)
class UnfinishedRequestsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: 127",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nhalf",
                "POST /api/pools/orders/clear HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"
            })
    void theyAreClosedAndAGoodOneIsAnswered(String half) throws IOException {
        var sockets = new ArrayList<Socket>();
        try (var pool = FakePool.builder(new FakeDatabase()).name("orders").build();
                Dashboard dashboard = Dashboard.builder().pool(pool).start()) {
            for (int i = 0; i < Dashboard.MOST_THREADS + 40; i++) {
                var socket = new Socket(
                        dashboard.address().getHost(), dashboard.address().getPort());
                sockets.add(socket);
                socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(RawHttp.withToken(dashboard).get("/api/pools").status()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aReaderIsInterruptedOnceItTookTooLong() {
        long[] now = {0};
        var reading = new Reading(() -> now[0], 100, 10);
        var seen = new ArrayList<Boolean>();
        reading.watch(() -> {
                    now[0] = 100;
                    reading.closeLate(false);
                    seen.add(Thread.currentThread().isInterrupted());
                    now[0] = 101;
                    reading.closeLate(false);
                    seen.add(Thread.interrupted());
                    reading.unwatched(() -> {
                        now[0] = 1_000;
                        reading.closeLate(true);
                        seen.add(Thread.currentThread().isInterrupted());
                    });
                    now[0] = 1_011;
                    reading.closeLate(true);
                    seen.add(Thread.currentThread().isInterrupted());
                })
                .run();
        reading.closeLate(true);
        assertThat(seen).containsExactly(false, true, false, true);
        assertThat(Thread.interrupted()).isFalse();
    }
}
