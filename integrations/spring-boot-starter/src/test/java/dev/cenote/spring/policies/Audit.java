package dev.cenote.spring.policies;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Its transactions are its own. */
@Service
class Audit {
    private final JdbcTemplate jdbc;

    Audit(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void write(int attempt) {
        jdbc.update("insert into audited values (?)", attempt);
    }

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void writePastTheTransaction(int attempt) {
        jdbc.update("insert into audited values (?)", attempt);
    }

    public void writePlainly(int attempt) {
        jdbc.update("insert into audited values (?)", attempt);
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public void read() {
        jdbc.queryForList("select attempt from audited");
    }
}
