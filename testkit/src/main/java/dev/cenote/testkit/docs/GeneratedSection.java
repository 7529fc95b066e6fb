package dev.cenote.testkit.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that is generated, between the lines {@code <!-- generated: NAME -->} and {@code <!-- end of NAME -->},
 * while a person writes the rest.
 *
 * @param page the page
 * @param name the name of the part
 */
public record GeneratedSection(Path page, String name) {
    /** The system property that has {@link #check} write what it would have expected. */
    public static final String WRITE = "cenote.docs.write";

    /**
     * Holds the page to {@code expected}; under {@code -Dcenote.docs.write=true} writes it there instead.
     *
     * @throws AssertionError if the page says something else, or has no such part; it says how to write it
     */
    public void check(String expected) {
        String text = read();
        String begin = "<!-- generated: " + name + " -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- end of " + name + " -->", from);
        if (from < begin.length() || to < 0) {
            throw new AssertionError(page + " must have a line " + begin.strip() + " and one that ends it");
        }
        String found = text.substring(from, to);
        if (found.equals(expected)) {
            return;
        }
        if (!Boolean.getBoolean(WRITE)) {
            throw new AssertionError(page + ", section " + name + ", is not what the code does; write it with -D"
                    + WRITE + "=true.\nExpected:\n" + expected + "\nFound:\n" + found);
        }
        write(text.substring(0, from) + expected + text.substring(to));
    }

    private String read() {
        try {
            return Files.readString(page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(page, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
