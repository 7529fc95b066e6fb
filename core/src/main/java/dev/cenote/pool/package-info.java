/**
 * The engine: slots, waiters and the keeper. It knows no database and no policy, only the protocols. Start reading at
 * {@link dev.cenote.pool.PoolEngine}.
 */
@NullMarked
package dev.cenote.pool;

import org.jspecify.annotations.NullMarked;
