/** The pool for MongoDB in a Spring Boot application. Start reading at {@link dev.cenote.spring.mongo.MongoPoolAutoConfiguration}. */
@NullMarked
package dev.cenote.spring.mongo;

import org.jspecify.annotations.NullMarked;
