package dev.cenote.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Where servers keep what they need: unpacked binaries, shared by all tests of this user, and a folder for each server. */
final class ServerFiles {
    private ServerFiles() {}

    /** Makes the content of a folder. */
    @FunctionalInterface
    interface Maker {
        void make(Path folder) throws IOException;
    }

    /**
     * The folder with that name below the cache, made by {@code maker} unless it is there. Safe when several JVMs do so at
     * once: each makes its own, and the first to rename it wins.
     */
    static Path cached(String name, Maker maker) {
        Path folder = cacheRoot().resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            Path own = Files.createTempDirectory(folder.getParent(), name + "-");
            try {
                maker.make(own);
                Files.move(own, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException lostTheRace) {
                if (!Files.isDirectory(folder)) {
                    throw lostTheRace;
                }
            } finally {
                deleteTree(own); // gone already where it was renamed
            }
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make " + folder, failure);
        }
    }

    private static Path cacheRoot() {
        return Path.of(System.getProperty("java.io.tmpdir"), "cenote-testkit-" + System.getProperty("user.name"));
    }

    /** A new folder for one server. */
    static Path newFolder(String product) {
        try {
            return Files.createTempDirectory("cenote-" + product + "-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    // With its permissions: PostgreSQL refuses a data folder that others may read.
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Deletes a folder as far as it can be deleted. */
    static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException vanished) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path folder, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            // A server that is being killed may still write; what is left lies in the temporary folder.
            System.getLogger(ServerFiles.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + root, left);
        }
    }
}
