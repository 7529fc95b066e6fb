package dev.cenote.spring;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to a logger, wherever else what it says goes. */
public final class Logged extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** Listens to the logger of that name until this is closed. */
    public Logged(String name) {
        this.logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** What it has said so far. */
    public List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord said) {
        Object[] parameters = said.getParameters();
        messages.add(parameters == null ? said.getMessage() : MessageFormat.format(said.getMessage(), parameters));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
