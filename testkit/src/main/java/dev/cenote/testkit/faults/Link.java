package dev.cenote.testkit.faults;

import dev.cenote.testkit.faults.FaultProxy.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link FaultProxy}: a thread for each direction. */
final class Link {
    private static final int BUFFER = 8192;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server = new Socket();
    private final CountDownLatch closed = new CountDownLatch(1);

    Link(FaultProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    void open() {
        try {
            pause(proxy.connectDelay());
            server.connect(proxy.target(), 5_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            FaultProxy.daemon(Thread.currentThread().getName() + "-replies", () -> pump(server, client, true));
            pump(client, server, false);
        } catch (IOException refused) {
            close(true);
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        var buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pause(proxy.delay());
                pause(Duration.ofNanos((long) (read * 1e9 / proxy.bytesPerSecond())));
                if (replies && proxy.isSilent()) {
                    continue;
                }
                Passage passage = replies ? proxy.takeReplyBytes(read) : new Passage(read, false);
                out.write(buffer, 0, passage.bytes());
                out.flush();
                if (passage.isLast()) {
                    proxy.cut();
                    return;
                }
            }
            close(false);
        } catch (IOException ended) {
            close(false);
        }
    }

    /** Waits, but not past the end of the connection. */
    private void pause(Duration time) throws IOException {
        try {
            if (!time.isZero() && closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("closed");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    void close(boolean hard) {
        closed.countDown();
        proxy.closed(this);
        for (Socket socket : new Socket[] {client, server}) {
            try {
                if (hard && socket.isConnected() && !socket.isClosed()) {
                    socket.setSoLinger(true, 0); // close sends RST
                }
                socket.close();
            } catch (IOException alreadyGone) {
                continue;
            }
        }
    }
}
