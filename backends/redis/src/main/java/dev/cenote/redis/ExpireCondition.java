package dev.cenote.redis;

/** When EXPIRE sets the expiry of a key. */
public enum ExpireCondition {
    /** If the key has none (NX). */
    IF_NONE("NX"),
    /** If the key has one (XX). */
    IF_SET("XX"),
    /** If it is later than the one that the key has (GT); none counts as the latest. */
    IF_LATER("GT"),
    /** If it is earlier than the one that the key has (LT); none counts as the latest. */
    IF_EARLIER("LT");

    final String word;

    ExpireCondition(String word) {
        this.word = word;
    }
}
