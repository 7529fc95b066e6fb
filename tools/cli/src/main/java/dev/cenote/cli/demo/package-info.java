/**
 * {@code cenote demo}: a mixed load on all four backends, with outages, and a ledger that proves that nothing was lost or
 * written twice. Start at {@link dev.cenote.cli.demo.DemoCommand}.
 */
@NullMarked
package dev.cenote.cli.demo;

import org.jspecify.annotations.NullMarked;
