/**
 * One small call to a real server through each pool, and without one. Start reading at {@link
 * dev.cenote.benchmarks.servers.ServerCalls}.
 */
@NullMarked
package dev.cenote.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
