package dev.cenote.redis.pubsub;

/**
 * What publish and subscribe does at one moment.
 *
 * @param connected whether its connection is there
 * @param subscriptions how many there are
 * @param topics to how many topics, each counted once
 * @param messages how many messages have come, each counted once
 * @param gaps how often the connection was lost while somebody was subscribed
 * @param dropped how many messages subscribers missed that were too slow
 */
public record PubSubStats(boolean connected, int subscriptions, int topics, long messages, long gaps, long dropped) {}
