package dev.cenote.cli.probe;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** How TLS begins in each protocol. */
enum TlsOpening {
    /** PostgreSQL: an SSLRequest, which is answered by one letter. */
    POSTGRES(5432) {
        @Override
        boolean offersTls(Socket socket) throws IOException {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array());
            return socket.getInputStream().read() == 'S';
        }
    },
    /** MySQL and MariaDB: the server speaks first, and the client asks for TLS in place of its login. */
    MYSQL(3306) {
        @Override
        boolean offersTls(Socket socket) throws IOException {
            var in = new DataInputStream(socket.getInputStream());
            byte[] header = in.readNBytes(4);
            if (header.length < 4) {
                return false;
            }
            byte[] greeting = in.readNBytes(header[0] & 0xFF | (header[1] & 0xFF) << 8);
            if (!hasTls(greeting)) {
                return false;
            }
            ByteBuffer request = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
            request.putInt(32 | 1 << 24).putInt(CLIENT_FLAGS).putInt(1 << 24).put(UTF8MB4);
            socket.getOutputStream().write(request.array());
            return true;
        }
    },
    /** Redis: from the first byte on. */
    REDIS(6379),
    /** MongoDB: from the first byte on. */
    MONGODB(27017);

    private static final int SSL_REQUEST = 80877103;
    private static final int CLIENT_SSL = 0x0800;
    /** CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION. */
    private static final int CLIENT_FLAGS = 0x0200 | CLIENT_SSL | 0x8000;

    private static final byte UTF8MB4 = 45;

    private final int port;

    TlsOpening(int port) {
        this.port = port;
    }

    /** For a URI scheme; empty where the URI does not name the server itself. */
    static Optional<TlsOpening> of(String scheme) {
        return switch (scheme) {
            case "postgres", "postgresql" -> Optional.of(POSTGRES);
            case "mysql", "mariadb" -> Optional.of(MYSQL);
            case "redis", "rediss", "redis-cluster", "rediss-cluster" -> Optional.of(REDIS);
            case "mongodb" -> Optional.of(MONGODB);
            default -> Optional.empty();
        };
    }

    /** The port if none is given. */
    int port() {
        return port;
    }

    /** True if a server without TLS can be asked for it. */
    boolean isNegotiated() {
        return this == POSTGRES || this == MYSQL;
    }

    /** Asks for TLS on a fresh connection; true if its handshake comes next. */
    boolean offersTls(Socket socket) throws IOException {
        return true;
    }

    /** Reads the flags in a greeting: version, text up to 0, thread, 8 bytes, 0, and the lower flags. */
    private static boolean hasTls(byte[] greeting) {
        int end = 1;
        while (end < greeting.length && greeting[end] != 0) {
            end++;
        }
        int at = end + 1 + 4 + 8 + 1;
        return greeting.length > at + 1
                && greeting[0] == 10
                && ((greeting[at] & 0xFF | (greeting[at + 1] & 0xFF) << 8) & CLIENT_SSL) != 0;
    }
}
