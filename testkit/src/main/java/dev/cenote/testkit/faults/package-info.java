/** Faults of the network between a client and a server. Start at {@link dev.cenote.testkit.faults.FaultProxy}. */
@NullMarked
package dev.cenote.testkit.faults;

import org.jspecify.annotations.NullMarked;
