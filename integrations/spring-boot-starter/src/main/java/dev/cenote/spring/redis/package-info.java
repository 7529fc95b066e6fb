/** The pool for Redis in a Spring Boot application. Start reading at {@link dev.cenote.spring.redis.RedisPoolAutoConfiguration}. */
@NullMarked
package dev.cenote.spring.redis;

import org.jspecify.annotations.NullMarked;
