package dev.cenote.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import java.util.Optional;

/** What a pool's operations read and write by, unless they say otherwise; what is empty is the URI's, else the driver's. */
record Concerns(
        Optional<ReadPreference> readPreference,
        Optional<ReadConcern> readConcern,
        Optional<WriteConcern> writeConcern) {
    static Concerns none() {
        return new Concerns(Optional.empty(), Optional.empty(), Optional.empty());
    }

    Concerns with(ReadPreference preference) {
        return new Concerns(Optional.of(preference), readConcern, writeConcern);
    }

    Concerns with(ReadConcern concern) {
        return new Concerns(readPreference, Optional.of(concern), writeConcern);
    }

    Concerns with(WriteConcern concern) {
        return new Concerns(readPreference, readConcern, Optional.of(concern));
    }

    void apply(MongoClientSettings.Builder settings) {
        readPreference.ifPresent(settings::readPreference);
        readConcern.ifPresent(settings::readConcern);
        writeConcern.ifPresent(settings::writeConcern);
    }
}
