package dev.cenote.redis;

/** An end of a list. */
public enum ListEnd {
    /** The head, where LPUSH puts. */
    LEFT,
    /** The tail, where RPUSH puts. */
    RIGHT
}
