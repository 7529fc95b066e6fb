package dev.cenote.pool;

/**
 * Keeps two cache lines free before {@link SlotState}: processors fetch lines in pairs. HotSpot lays out the fields of a
 * superclass before those of its subclasses, which is why this is a hierarchy.
 */
@SuppressWarnings("unused")
abstract class PaddingBefore {
    private long before00, before01, before02, before03, before04, before05, before06, before07;
    private long before08, before09, before10, before11, before12, before13, before14, before15;
}
