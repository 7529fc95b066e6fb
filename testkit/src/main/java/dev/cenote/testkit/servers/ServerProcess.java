package dev.cenote.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A server as a direct child process. It is started through {@code launch.sh}, which becomes the server, so that number
 * and parent of the process are the server's own, and which leaves a watcher behind: a shell that waits on a pipe from
 * this JVM, and ends the server and its descendants when the pipe breaks because the JVM was killed. What ends normally
 * ends by the shutdown hook.
 *
 * <p>{@code PR_SET_PDEATHSIG} would not do: it is bound to the thread that starts the server, not to the JVM.
 */
final class ServerProcess {
    private static final int LOG_TAIL = 30;
    private static final String LAUNCH_SCRIPT = launchScript();

    private final String product;
    private final Path log;
    private final Process process;

    private ServerProcess(String product, Path log, Process process) {
        this.product = product;
        this.log = log;
        this.process = process;
    }

    /** Starts it in {@code folder}; {@code orphanSignal} is what its watcher sends first, in the words of {@code kill}. */
    static ServerProcess start(String product, List<String> command, Path folder, String orphanSignal) {
        Path log = folder.resolve("server.log");
        try {
            var line =
                    new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH_SCRIPT, "launch", folder.toString(), orphanSignal));
            line.addAll(command);
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ServerProcess(product, log, process);
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

    /**
     * Sends a signal to the server, then to its descendants. In this order a pause leaves nobody who could fork a process
     * that it misses.
     */
    void signalAll(String name) {
        signal(name);
        try (Stream<ProcessHandle> all = process.descendants()) {
            signal(name, all.map(ProcessHandle::pid).toList());
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
        if (pids.isEmpty()) {
            return;
        }
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
        // Not by waitFor: an interrupted thread, which may be why this is called, must see the end too.
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        descendants.forEach(
                handle -> handle.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** Waits until the server has ended; one that does not in time is killed. */
    void awaitExit(int seconds) {
        if (!hasEndedWithin(seconds)) {
            String last = tail(log);
            kill();
            throw new IllegalStateException(product + " did not end within " + seconds + " s, killed:\n" + last);
        }
    }

    /** True if the server ends within that time. */
    boolean hasEndedWithin(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
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

    private static String launchScript() {
        try (InputStream in = ServerProcess.class.getResourceAsStream("launch.sh")) {
            if (in == null) {
                throw new IllegalStateException("resource launch.sh of cenote-testkit is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource launch.sh of cenote-testkit is unreadable", unreadable);
        }
    }
}
