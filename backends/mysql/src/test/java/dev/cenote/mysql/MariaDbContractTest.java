package dev.cenote.mysql;

import dev.cenote.testkit.servers.TestServers.Product;

/** MariaDB through MariaDB Connector/J. */
class MariaDbContractTest extends MySqlFamilyContract {
    @Override
    protected Product product() {
        return Product.MARIADB;
    }
}
