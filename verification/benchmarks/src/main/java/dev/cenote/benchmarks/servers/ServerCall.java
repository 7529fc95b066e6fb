package dev.cenote.benchmarks.servers;

import dev.cenote.benchmarks.subjects.Subject;
import org.openjdk.jmh.infra.Blackhole;

/** Acquire, ask the server, release: all of it is what {@link #acquire} does, so that all of it is what is measured. */
final class ServerCall implements Subject {
    private final Body body;
    private final AutoCloseable closing;

    ServerCall(Body body, AutoCloseable closing) {
        this.body = body;
        this.closing = closing;
    }

    /** The call; its result keeps the compiler from leaving it out. */
    interface Body {
        Object call() throws Exception;
    }

    @Override
    public void cycle(Blackhole blackhole) throws Exception {
        blackhole.consume(body.call());
    }

    @Override
    public Object acquire() throws Exception {
        return body.call();
    }

    @Override
    public void release(Object held) {}

    @Override
    public void close() throws Exception {
        closing.close();
    }
}
