/**
 * Metrics and spans of pools by OpenTelemetry's semantic conventions for databases: start at {@link
 * dev.cenote.opentelemetry.PoolTelemetry}.
 */
@NullMarked
package dev.cenote.opentelemetry;

import org.jspecify.annotations.NullMarked;
