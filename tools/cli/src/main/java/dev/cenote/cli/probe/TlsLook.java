package dev.cenote.cli.probe;

import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A connection of its own, only to see the server's certificate: drivers do not show it. Whoever it is from is accepted,
 * since nothing is sent: no user, no password.
 */
final class TlsLook {
    private static final int MILLIS = 3_000;

    /**
     * What was seen.
     *
     * @param protocol version of TLS
     * @param cipher cipher suite
     * @param certificate the server's
     */
    record Seen(String protocol, String cipher, Certificate certificate) {}

    private TlsLook() {}

    /**
     * What the first host of {@code uri} shows.
     *
     * @param mustBeTls true if it is known to speak TLS from the first byte on
     * @return empty if it has no TLS, or is not to be found by the URI alone
     * @throws IOException if it cannot be seen
     */
    static Optional<Seen> at(PoolUri uri, boolean mustBeTls) throws IOException, GeneralSecurityException {
        Optional<TlsOpening> opening = TlsOpening.of(uri.scheme());
        HostAndPort host = uri.hosts().get(0);
        if (opening.isEmpty() || (!mustBeTls && !opening.get().isNegotiated())) {
            return Optional.empty();
        }
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            host.host(), host.port().orElse(opening.get().port())),
                    MILLIS);
            socket.setSoTimeout(MILLIS);
            return opening.get().offersTls(socket) ? Optional.of(see(socket, host)) : Optional.empty();
        }
    }

    private static Seen see(Socket plain, HostAndPort host) throws IOException, GeneralSecurityException {
        var recorder = new Recorder();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {recorder}, null);
        int port = plain.getPort();
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host.host(), port, true)) {
            socket.startHandshake();
            SSLSession session = socket.getSession();
            return new Seen(session.getProtocol(), session.getCipherSuite(), recorder.certificate());
        }
    }

    /** Takes any certificate, and remembers it. Extended, or else Java would refuse weak ones before they are seen. */
    private static final class Recorder extends X509ExtendedTrustManager {
        private final AtomicReference<@Nullable Certificate> seen = new AtomicReference<>();

        Certificate certificate() throws CertificateException {
            Certificate certificate = seen.get();
            if (certificate == null) {
                throw new CertificateException("the server has shown no certificate");
            }
            return certificate;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("there are no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            seen.set(Certificate.of(chain[0], isTrusted(chain, type)));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static boolean isTrusted(X509Certificate[] chain, String type) {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                for (TrustManager manager : factory.getTrustManagers()) {
                    if (manager instanceof X509TrustManager java) {
                        java.checkServerTrusted(chain, type);
                        return true;
                    }
                }
                return false;
            } catch (GeneralSecurityException | RuntimeException untrusted) {
                // The latter where Java was given an empty list of authorities.
                return false;
            }
        }
    }
}
