package dev.cenote.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestServer redis = TestServers.shared(Product.REDIS);
    private final FaultProxy proxy = FaultProxy.before(redis.host(), redis.port());

    @AfterEach
    void close() {
        proxy.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(proxy.host(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String ping(Socket socket) throws IOException {
        socket.getOutputStream().write(PING);
        return new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
    }

    @Test
    void forwardsBothWays() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
            assertThat(proxy.openConnections()).isEqualTo(1);
            assertThat(proxy.acceptedConnections()).isEqualTo(1);
        }
        Awaitility.await().until(() -> proxy.openConnections() == 0);
    }

    @Test
    void silenceSwallowsReplies() throws Exception {
        try (Socket socket = connect()) {
            proxy.silence();
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> ping(socket)).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            socket.setSoTimeout(10_000);
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void delayAndBandwidthMakeItSlow() throws Exception {
        try (Socket socket = connect()) {
            proxy.delay(Duration.ofMillis(60));
            assertThat(timed(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
            proxy.heal();
            proxy.bandwidth(60);
            assertThat(timed(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    private static Duration timed(Socket socket) throws IOException {
        long start = System.nanoTime();
        assertThat(ping(socket)).isEqualTo("+PONG\r\n");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void slowConnectHoldsUpTheFirstReply() throws Exception {
        proxy.slowConnect(Duration.ofMillis(100));
        try (Socket socket = connect()) {
            assertThat(timed(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
        }
    }

    @Test
    void cutEndsAReplyInTheMiddle() throws Exception {
        try (Socket socket = connect()) {
            proxy.cutAfterReplyBytes(3);
            assertThat(ping(socket)).isEqualTo("+PO");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket socket = connect()) {
            assertThat(ping(socket)).as("the cut is once").isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void cutBetweenTwoRepliesDoesNotWaitForTheSecond() throws Exception {
        try (Socket socket = connect()) {
            proxy.cutAfterReplyBytes(7);
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket socket = connect()) {
            assertThat(ping(socket)).as("the cut is once").isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void resetBreaksOpenConnections() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
            proxy.reset();
            assertThatThrownBy(() -> {
                        ping(socket);
                        ping(socket);
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void refuseRefusesUntilItIsHealed() throws Exception {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.heal();
        try (Socket socket = connect()) {
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
        }
    }

    @RepeatedTest(50)
    void cutMidReplyLeavesHalfOfTheNextReply() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
            proxy.cutMidReply();
            assertThat(ping(socket)).isEqualTo("+PO");
        }
        try (Socket socket = connect()) {
            assertThat(ping(socket)).as("the cut is once").isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void aCutThatWasHealedDoesNotHappen() throws Exception {
        try (Socket socket = connect()) {
            proxy.cutMidReply();
            proxy.cutAfterReplyBytes(1);
            proxy.heal();
            assertThat(ping(socket)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void faultsSayWhichValueTheyRefuse() {
        assertThatThrownBy(() -> proxy.delay(Duration.ofMillis(-1))).hasMessage("delay must be >= 0, was PT-0.001S");
        assertThatThrownBy(() -> proxy.slowConnect(Duration.ofMillis(-1)))
                .hasMessage("connectDelay must be >= 0, was PT-0.001S");
        assertThatThrownBy(() -> proxy.bandwidth(0)).hasMessage("bytesPerSecond must be >= 1, was 0");
        assertThatThrownBy(() -> proxy.cutAfterReplyBytes(-1)).hasMessage("bytes must be >= 0, was -1");
    }
}
