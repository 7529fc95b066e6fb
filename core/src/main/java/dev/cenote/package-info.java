/**
 * Where a user starts: {@link dev.cenote.Pools} opens a pool by its URI, {@link dev.cenote.PoolRegistry} keeps pools by
 * name, and {@link dev.cenote.PoolBuilder} is what the builders of all backends have in common.
 */
@NullMarked
package dev.cenote;

import org.jspecify.annotations.NullMarked;
