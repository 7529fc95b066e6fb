package dev.cenote.decorators;

import java.util.function.Function;
import java.util.function.Predicate;

/** What a call gives where it has failed in the end. */
record Fallback<T>(Predicate<? super Exception> when, Function<? super Exception, ? extends T> then) {}
