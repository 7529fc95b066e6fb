package dev.cenote.decorators.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has a failed call tried again by the policy of that name, where its effect and the verdict allow it. On an interface it holds for all methods that have none of their own. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Retry {
    /** Name of the policy, as given to {@link DecoratedProxy#retry}. */
    String name();

    /** Method of the interface that answers where the call has failed in the end; empty for none. See {@link DecoratedProxy}. */
    String fallbackMethod() default "";
}
