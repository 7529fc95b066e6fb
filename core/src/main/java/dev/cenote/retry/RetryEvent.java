package dev.cenote.retry;

import java.time.Duration;

/**
 * A call is about to be tried again.
 *
 * @param call name of the call
 * @param failedAttempts how many attempts have failed, at least 1
 * @param delay the backoff before the next one
 * @param error how the last one ended
 */
public record RetryEvent(String call, int failedAttempts, Duration delay, Throwable error) {}
