package dev.cenote.decorators.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has each attempt ask the circuit of that name, and tell it how it ended. On an interface it holds for all methods that have none of their own. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CircuitBreaker {
    /** Name of the circuit, as given to {@link DecoratedProxy#circuitBreaker}. */
    String name();

    /** Method of the interface that answers where the call has failed in the end; empty for none. See {@link DecoratedProxy}. */
    String fallbackMethod() default "";
}
