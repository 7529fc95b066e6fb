package dev.cenote.cli.bench;

/**
 * What one run at one pool size showed. Times in microseconds.
 *
 * @param calls calls that ended well within the time measured
 * @param failures calls that failed
 * @param perSecond throughput, of the calls that ended well
 * @param callP50 median of whole calls: wait for a connection, use, release
 * @param callP99 their 99th percentile
 * @param useP50 median of the use alone: what the database takes at this many calls at once
 * @param useP99 its 99th percentile
 * @param processors how many processors this program kept busy meanwhile
 */
record Sample(
        long calls,
        long failures,
        double perSecond,
        long callP50,
        long callP99,
        long useP50,
        long useP99,
        double processors) {}
