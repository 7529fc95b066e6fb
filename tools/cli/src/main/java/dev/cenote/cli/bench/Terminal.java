package dev.cenote.cli.bench;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** What can be shown where the standard output goes. */
final class Terminal {
    private Terminal() {}

    /** The characters to draw with: those of its character set. */
    static CurvePlot.Glyphs glyphs() {
        return charset().newEncoder().canEncode("●○┤▲") ? CurvePlot.Glyphs.UNICODE : CurvePlot.Glyphs.ASCII;
    }

    /** As picocli finds it for its writers. */
    private static Charset charset() {
        for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding"}) {
            String name = System.getProperty(property);
            if (name != null) {
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                    continue;
                }
            }
        }
        return Charset.defaultCharset();
    }
}
