package dev.cenote.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the binaries of servers from the class path. */
final class Archives {
    private Archives() {}

    /** The resource with that name; a clear error when the artifact is missing. */
    static URL resource(String name) throws IOException {
        URL url = Archives.class.getResource(name);
        if (url == null) {
            throw new IOException(
                    name + " must be on the class path; is this Linux on x86_64, and is the artifact a dependency?");
        }
        return url;
    }

    /** Copies one resource to a file that may be run. */
    static void copyExecutable(String resource, Path file) throws IOException {
        try (InputStream in = resource(resource).openStream()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        makeExecutable(file);
    }

    /** Unpacks a {@code .tar.xz} resource. */
    static void unpackTarXz(String resource, Path folder) throws IOException {
        try (InputStream in = resource(resource).openStream();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = inside(folder, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        makeExecutable(target);
                    }
                }
            }
        }
    }

    /** Unpacks those entries below {@code prefix} of the jar that holds {@code resource} that are wanted. */
    static void unpackJar(String resource, String prefix, Predicate<String> wanted, Path folder) throws IOException {
        var connection = (JarURLConnection) resource(resource).openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
                    continue;
                }
                String name = entry.getName().substring(prefix.length());
                if (wanted.test(name)) {
                    Path target = inside(folder, name);
                    Files.createDirectories(target.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                    if (name.startsWith("bin/")) {
                        makeExecutable(target);
                    }
                }
            }
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("archive entry must lie inside the archive, was " + name);
        }
        return target;
    }

    private static void makeExecutable(Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !file.toFile().setExecutable(true, true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
