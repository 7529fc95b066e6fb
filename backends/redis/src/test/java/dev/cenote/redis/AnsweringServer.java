package dev.cenote.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that answers each command, given as its words, as it is bid. */
final class AnsweringServer implements AutoCloseable {
    private static final Pattern COMMAND = Pattern.compile("\\*\\d+\r\n((?:\\$\\d+\r\n[^\r]*\r\n)+)");
    private static final Pattern LENGTH = Pattern.compile("(?:^|\r\n)\\$\\d+\r\n");

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    AnsweringServer(Function<List<String>, String> answer) throws IOException {
        var thread = new Thread(() -> serve(answer), "answering");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Function<List<String>, String> answer) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                byte[] bytes = new byte[8192];
                for (int read; (read = client.getInputStream().read(bytes)) > 0; ) {
                    Matcher commands = COMMAND.matcher(new String(bytes, 0, read, StandardCharsets.US_ASCII));
                    while (commands.find()) {
                        List<String> words = LENGTH.splitAsStream(
                                        commands.group(1).strip())
                                .skip(1)
                                .toList();
                        client.getOutputStream().write(answer.apply(words).getBytes(StandardCharsets.US_ASCII));
                    }
                }
            } catch (IOException ended) {
                // The next client, if any.
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
