package dev.cenote.decorators.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Ends a call in that time, all attempts and the backoff between them included. On an interface it holds for all methods that have none of their own. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface WithDeadline {
    /** The time, such as {@code 500ms}, {@code 2s} or {@code 1m}, longer than zero. */
    String value();
}
