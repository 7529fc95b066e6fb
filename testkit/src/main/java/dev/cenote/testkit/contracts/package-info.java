/**
 * The suites that every pool and every backend passes. A backend's tests extend {@link
 * dev.cenote.testkit.contracts.BackendContract}, which includes {@link dev.cenote.testkit.contracts.PoolContract}; a
 * third party's do the same.
 */
@NullMarked
package dev.cenote.testkit.contracts;

import org.jspecify.annotations.NullMarked;
