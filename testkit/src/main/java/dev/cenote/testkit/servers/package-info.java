/**
 * Real database servers, started by the tests themselves as child processes on loopback from binaries that Maven
 * brings. Start at {@link dev.cenote.testkit.servers.TestServers}.
 */
@NullMarked
package dev.cenote.testkit.servers;

import org.jspecify.annotations.NullMarked;
