package dev.cenote.mysql;

import dev.cenote.testkit.servers.TestServers.Product;

/** MySQL through MySQL Connector/J; skipped without the Maven profile {@code mysql}. */
class MySqlContractTest extends MySqlFamilyContract {
    @Override
    protected Product product() {
        return Product.MYSQL;
    }
}
