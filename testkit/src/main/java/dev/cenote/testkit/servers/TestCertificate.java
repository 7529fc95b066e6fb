package dev.cenote.testkit.servers;

import dev.cenote.testkit.servers.ServerOptions.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate, made once per machine and user by the JDK's {@code keytool}: the JDK has no public API that
 * makes one.
 *
 * @param certificate PEM file, which clients trust
 * @param key PEM file of the private key, for its owner alone to read
 */
record TestCertificate(Path certificate, Path key) {
    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";

    /** That certificate of this user, made now if there is none: that takes about a second. */
    static TestCertificate get(Tls kind) {
        String name = "certificate-1" + (kind == Tls.VALID ? "" : "-" + kind);
        Path folder = ServerFiles.cached(name, made -> make(made, kind));
        return new TestCertificate(folder.resolve("server.crt"), folder.resolve("server.key"));
    }

    /** As MySQL and MariaDB take them. The authority is that of clients, for which MariaDB takes no expired one. */
    List<String> mySqlArguments() {
        Path authority = get(Tls.VALID).certificate();
        return List.of("--ssl-cert=" + certificate, "--ssl-key=" + key, "--ssl-ca=" + authority);
    }

    private static void make(Path folder, Tls kind) throws IOException {
        Path store = folder.resolve("server.p12");
        ServerProcess.run("keytool", keytool(store, kind), folder, "");
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
            byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
            Files.writeString(folder.resolve("server.crt"), pem("CERTIFICATE", certificate));
            Path keyFile = Files.writeString(folder.resolve("server.key"), pem("PRIVATE KEY", key));
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
        } catch (GeneralSecurityException failure) {
            throw new IOException("cannot read what keytool made", failure);
        }
    }

    private static List<String> keytool(Path store, Tls kind) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-startdate",
                kind == Tls.EXPIRED ? "-10d" : "-0d",
                "-validity",
                kind == Tls.EXPIRED ? "5" : "3650",
                "-dname",
                kind == Tls.OF_ANOTHER_HOST ? "CN=db.example" : "CN=localhost",
                "-ext",
                kind == Tls.OF_ANOTHER_HOST ? "SAN=dns:db.example" : "SAN=ip:127.0.0.1,dns:localhost",
                "-ext",
                "BC=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
    }

    private static String pem(String type, byte[] content) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
