package dev.cenote.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Program that runs the stand-in for MongoDB. It does CRUD, cursors, ordered bulk writes and most aggregation; it has no
 * sessions, transactions, retryable writes or fail-over: what needs those is verified against a real replica set only.
 */
public final class MongoStandIn {
    private MongoStandIn() {}

    /**
     * Serves on loopback until the process is ended. The first argument is the port; with TLS the PEM files of its
     * certificate and its key follow.
     *
     * @throws ReflectiveOperationException if the stand-in is not on the class path
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if a file is not what it should be
     */
    public static void main(String[] arguments)
            throws ReflectiveOperationException, IOException, GeneralSecurityException {
        // By reflection, because two of its jars share a package, and so no module can read both.
        Class<?> type = Class.forName("de.bwaldvogel.mongo.InMemoryMongoServer");
        Object server = type.getConstructor().newInstance();
        if (arguments.length == 3) {
            type.getMethod("enableSsl", PrivateKey.class, String.class, X509Certificate[].class)
                    .invoke(server, key(Path.of(arguments[2])), null, certificates(Path.of(arguments[1])));
        }
        type.getMethod("bind", String.class, int.class).invoke(server, "127.0.0.1", Integer.parseInt(arguments[0]));
    }

    private static X509Certificate[] certificates(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        }
    }

    private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
        String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] encoded = Base64.getDecoder().decode(text);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
