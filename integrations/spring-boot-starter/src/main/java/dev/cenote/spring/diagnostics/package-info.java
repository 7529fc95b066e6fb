/** Says at a failed start what is wrong and what to do: failure analyzers, which Spring Boot finds by itself. */
@NullMarked
package dev.cenote.spring.diagnostics;

import org.jspecify.annotations.NullMarked;
