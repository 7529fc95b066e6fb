/** What was measured, and what it says. Start reading at {@link dev.cenote.benchmarks.report.MarkdownReport}. */
@NullMarked
package dev.cenote.benchmarks.report;

import org.jspecify.annotations.NullMarked;
