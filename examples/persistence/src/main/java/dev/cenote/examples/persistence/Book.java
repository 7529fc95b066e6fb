package dev.cenote.examples.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** A book in stock. */
@Entity
@Table(name = "books")
public class Book {
    // begin key
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "books") // IDENTITY would rule out batches
    @SequenceGenerator(name = "books", sequenceName = "books_seq", allocationSize = 50)
    private @Nullable Long id;

    @Version
    private int version;
    // end key

    private String title = "";
    private int stock;

    /** For Hibernate. */
    protected Book() {}

    /** A new one. */
    public Book(String title, int stock) {
        this.title = title;
        this.stock = stock;
    }

    /** Its key; null until it is persistent. */
    public @Nullable Long id() {
        return id;
    }

    /** Its title. */
    public String title() {
        return title;
    }

    /** How many there are. */
    public int stock() {
        return stock;
    }

    /** Takes one of them. */
    public void sell() {
        stock--;
    }
}
