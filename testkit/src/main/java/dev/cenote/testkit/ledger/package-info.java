/**
 * The proof that a retry neither loses nor doubles a write, whatever happens to the server and the network: start at {@link
 * dev.cenote.testkit.ledger.LedgerContract}.
 */
@NullMarked
package dev.cenote.testkit.ledger;

import org.jspecify.annotations.NullMarked;
