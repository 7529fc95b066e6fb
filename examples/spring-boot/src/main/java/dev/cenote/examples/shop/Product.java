package dev.cenote.examples.shop;

/**
 * What is sold.
 *
 * @param sku its number
 * @param name its name
 * @param cents its price
 */
public record Product(String sku, String name, long cents) {}
