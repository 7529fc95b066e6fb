package dev.cenote.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Operation;
import dev.cenote.testkit.contracts.PoolContract;
import org.junit.jupiter.api.AfterEach;

class FakePoolContractTest extends PoolContract<FakeConnection, FakePool.Builder> {
    private final FakeDatabase database = new FakeDatabase();

    @Override
    protected FakePool.Builder builder() {
        return FakePool.builder(database);
    }

    @Override
    protected Operation<FakeConnection, Long> ping() {
        return FakeOperations.whoAmI();
    }

    @AfterEach
    void nothingForbiddenHappened() {
        assertThat(database.faults()).isEmpty();
    }
}
