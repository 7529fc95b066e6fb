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
        while (own < stack.length && isOwn(stack[own].getClassName())) {
            own++;
        }
        int from = own == stack.length ? 0 : own;
        return Arrays.asList(stack).subList(from, Math.min(stack.length, from + DEPTH));
    }

    private static boolean isOwn(String name) {
        return name.startsWith("dev.cenote.pool.")
                || name.startsWith("dev.cenote.decorators.")
                || name.startsWith("dev.cenote.retry.");
    }
}
