package dev.cenote.testkit.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A server as a direct child process, with a watchdog: a shell that waits on a pipe from this JVM, and kills the server
 * when the pipe breaks because the JVM was killed. What ends normally ends by the shutdown hook.
 */
final class ServerProcess {
    private static final int LOG_TAIL = 30;

    private final String product;
    private final Path log;
    private final Process process;
    private final Process watchdog;

    private ServerProcess(String product, Path log, Process process, Process watchdog) {
        this.product = product;
        this.log = log;
        this.process = process;
        this.watchdog = watchdog;
    }

    static ServerProcess start(String product, List<String> command, Path folder) {
        Path log = folder.resolve("server.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            Process watchdog = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "read line; kill -CONT $0; kill -KILL $0; rm -rf \"$1\"",
                            "" + process.pid(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new ServerProcess(product, log, process, watchdog);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + product, failure);
        }
    }

    /** Runs a command to its end, feeding it {@code input}; a failure tells what it printed. */
    static void run(String what, List<String> command, Path folder, String input) throws IOException {
        Path log = Files.createTempFile("cenote-", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedEarly) {
            // It did not want all of its input; its exit status tells whether that was wrong.
        }
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new IOException(what + " failed with exit status " + process.exitValue() + ":\n" + tail(log));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(what + " was interrupted", interrupted);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Sends a signal to the server alone. */
    void signal(String name) {
        signal(name, List.of(process.pid()));
    }

    /** Sends a signal to the server and all of its descendants. */
    void signalAll(String name) {
        try (Stream<ProcessHandle> all = process.descendants()) {
            signal(
                    name,
                    Stream.concat(Stream.of(process.pid()), all.map(ProcessHandle::pid))
                            .toList());
        }
    }

    /** Stops the server and its descendants, and waits until each of their threads stands still. */
    void freeze() {
        signalAll("STOP");
        try (Stream<ProcessHandle> all = process.descendants()) {
            for (long pid : Stream.concat(Stream.of(process.pid()), all.map(ProcessHandle::pid))
                    .toList()) {
                while (!isFrozen(pid)) {
                    LockSupport.parkNanos(500_000);
                }
            }
        }
    }

    /** The signal reaches the threads one by one: until the last has stopped, the server may still answer. */
    private static boolean isFrozen(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                String stat = Files.readString(thread.resolve("stat"));
                char state = stat.charAt(stat.lastIndexOf(')') + 2);
                if (state != 'T' && state != 'Z') {
                    return false;
                }
            }
            return true;
        } catch (IOException ended) {
            return true;
        }
    }

    private void signal(String name, List<Long> pids) {
        // Java sends TERM and KILL only; a process that ended meanwhile is none of our business.
        String list = String.join(" ", pids.stream().map(String::valueOf).toList());
        try {
            run(
                    "kill -" + name,
                    List.of("/bin/sh", "-c", "kill -" + name + " " + list + " 2>/dev/null; true"),
                    Path.of("/"),
                    "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kills the server and its descendants, and waits until they are gone. */
    void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly(); // works on a stopped process too, which must not wake up and answer first
        descendants.forEach(ProcessHandle::destroyForcibly);
        awaitExit(30);
        descendants.forEach(
                handle -> handle.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** Waits until the server has ended. */
    void awaitExit(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(product + " did not end within " + seconds + " s:\n" + tail(log));
            }
            watchdog.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + product + " was ending", interrupted);
        }
    }

    /** The last lines of what it printed. */
    String tail() {
        return tail(log);
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
        } catch (IOException unreadable) {
            return "(no output: " + unreadable.getMessage() + ")";
        }
    }
}
