package dev.cenote.examples.persistence;

/** A parcel, as MyBatis fills it. */
public class Parcel {
    private long id;
    private String address = "";
    private int grams;

    /** For MyBatis. */
    public Parcel() {}

    /** A new one. */
    public Parcel(String address, int grams) {
        this.address = address;
        this.grams = grams;
    }

    /** Its key; 0 until it was inserted. */
    public long getId() {
        return id;
    }

    /** Where it goes. */
    public String getAddress() {
        return address;
    }

    /** What it weighs. */
    public int getGrams() {
        return grams;
    }
}
