package dev.cenote.pool;

import java.util.Arrays;
import java.util.List;

/** The part of a stack that tells a user where a connection was acquired: what lies above Cenote's own frames. */
final class AcquireSite {
    private static final int DEPTH = 16;

    private AcquireSite() {}

    static List<StackTraceElement> of(Throwable site) {
        StackTraceElement[] stack = site.getStackTrace();
        int own = 0;
        while (own < stack.length && stack[own].getClassName().startsWith("dev.cenote.pool.")) {
            own++;
        }
        while (own < stack.length && stack[own].getClassName().startsWith("dev.cenote.decorators.")) {
            own++;
        }
        int from = own == stack.length ? 0 : own;
        return Arrays.asList(stack).subList(from, Math.min(stack.length, from + DEPTH));
    }
}
