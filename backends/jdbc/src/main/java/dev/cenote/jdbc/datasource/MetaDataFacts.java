package dev.cenote.jdbc.datasource;

import java.sql.DatabaseMetaData;
import java.sql.RowIdLifetime;
import java.sql.SQLException;

/** Names, versions, limits and habits of the database. */
abstract class MetaDataFacts extends MetaDataFeatures {

    MetaDataFacts(DatabaseMetaData raw) {
        super(raw);
    }

    @Override
    public boolean allProceduresAreCallable() throws SQLException {
        try {
            return delegate().allProceduresAreCallable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean allTablesAreSelectable() throws SQLException {
        try {
            return delegate().allTablesAreSelectable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getURL() throws SQLException {
        try {
            return delegate().getURL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getUserName() throws SQLException {
        try {
            return delegate().getUserName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        try {
            return delegate().isReadOnly();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedHigh() throws SQLException {
        try {
            return delegate().nullsAreSortedHigh();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedLow() throws SQLException {
        try {
            return delegate().nullsAreSortedLow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedAtStart() throws SQLException {
        try {
            return delegate().nullsAreSortedAtStart();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedAtEnd() throws SQLException {
        try {
            return delegate().nullsAreSortedAtEnd();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        try {
            return delegate().getDatabaseProductName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        try {
            return delegate().getDatabaseProductVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDriverName() throws SQLException {
        try {
            return delegate().getDriverName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDriverVersion() throws SQLException {
        try {
            return delegate().getDriverVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDriverMajorVersion() {
        return raw.getDriverMajorVersion(); // of the driver, not of the connection
    }

    @Override
    public int getDriverMinorVersion() {
        return raw.getDriverMinorVersion();
    }

    @Override
    public boolean usesLocalFiles() throws SQLException {
        try {
            return delegate().usesLocalFiles();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean usesLocalFilePerTable() throws SQLException {
        try {
            return delegate().usesLocalFilePerTable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesUpperCaseIdentifiers() throws SQLException {
        try {
            return delegate().storesUpperCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesLowerCaseIdentifiers() throws SQLException {
        try {
            return delegate().storesLowerCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesMixedCaseIdentifiers() throws SQLException {
        try {
            return delegate().storesMixedCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesUpperCaseQuotedIdentifiers() throws SQLException {
        try {
            return delegate().storesUpperCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesLowerCaseQuotedIdentifiers() throws SQLException {
        try {
            return delegate().storesLowerCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesMixedCaseQuotedIdentifiers() throws SQLException {
        try {
            return delegate().storesMixedCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getIdentifierQuoteString() throws SQLException {
        try {
            return delegate().getIdentifierQuoteString();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSQLKeywords() throws SQLException {
        try {
            return delegate().getSQLKeywords();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getNumericFunctions() throws SQLException {
        try {
            return delegate().getNumericFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getStringFunctions() throws SQLException {
        try {
            return delegate().getStringFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSystemFunctions() throws SQLException {
        try {
            return delegate().getSystemFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getTimeDateFunctions() throws SQLException {
        try {
            return delegate().getTimeDateFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSearchStringEscape() throws SQLException {
        try {
            return delegate().getSearchStringEscape();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getExtraNameCharacters() throws SQLException {
        try {
            return delegate().getExtraNameCharacters();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullPlusNonNullIsNull() throws SQLException {
        try {
            return delegate().nullPlusNonNullIsNull();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSchemaTerm() throws SQLException {
        try {
            return delegate().getSchemaTerm();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getProcedureTerm() throws SQLException {
        try {
            return delegate().getProcedureTerm();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getCatalogTerm() throws SQLException {
        try {
            return delegate().getCatalogTerm();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isCatalogAtStart() throws SQLException {
        try {
            return delegate().isCatalogAtStart();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getCatalogSeparator() throws SQLException {
        try {
            return delegate().getCatalogSeparator();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxBinaryLiteralLength() throws SQLException {
        try {
            return delegate().getMaxBinaryLiteralLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxCharLiteralLength() throws SQLException {
        try {
            return delegate().getMaxCharLiteralLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnNameLength() throws SQLException {
        try {
            return delegate().getMaxColumnNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInGroupBy() throws SQLException {
        try {
            return delegate().getMaxColumnsInGroupBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInIndex() throws SQLException {
        try {
            return delegate().getMaxColumnsInIndex();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInOrderBy() throws SQLException {
        try {
            return delegate().getMaxColumnsInOrderBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInSelect() throws SQLException {
        try {
            return delegate().getMaxColumnsInSelect();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInTable() throws SQLException {
        try {
            return delegate().getMaxColumnsInTable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxConnections() throws SQLException {
        try {
            return delegate().getMaxConnections();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxCursorNameLength() throws SQLException {
        try {
            return delegate().getMaxCursorNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxIndexLength() throws SQLException {
        try {
            return delegate().getMaxIndexLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxSchemaNameLength() throws SQLException {
        try {
            return delegate().getMaxSchemaNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxProcedureNameLength() throws SQLException {
        try {
            return delegate().getMaxProcedureNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxCatalogNameLength() throws SQLException {
        try {
            return delegate().getMaxCatalogNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxRowSize() throws SQLException {
        try {
            return delegate().getMaxRowSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean doesMaxRowSizeIncludeBlobs() throws SQLException {
        try {
            return delegate().doesMaxRowSizeIncludeBlobs();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxStatementLength() throws SQLException {
        try {
            return delegate().getMaxStatementLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxStatements() throws SQLException {
        try {
            return delegate().getMaxStatements();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxTableNameLength() throws SQLException {
        try {
            return delegate().getMaxTableNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxTablesInSelect() throws SQLException {
        try {
            return delegate().getMaxTablesInSelect();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxUserNameLength() throws SQLException {
        try {
            return delegate().getMaxUserNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDefaultTransactionIsolation() throws SQLException {
        try {
            return delegate().getDefaultTransactionIsolation();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean dataDefinitionCausesTransactionCommit() throws SQLException {
        try {
            return delegate().dataDefinitionCausesTransactionCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean dataDefinitionIgnoredInTransactions() throws SQLException {
        try {
            return delegate().dataDefinitionIgnoredInTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        try {
            return delegate().getResultSetHoldability();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        try {
            return delegate().getDatabaseMajorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        try {
            return delegate().getDatabaseMinorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getJDBCMajorVersion() throws SQLException {
        try {
            return delegate().getJDBCMajorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getJDBCMinorVersion() throws SQLException {
        try {
            return delegate().getJDBCMinorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getSQLStateType() throws SQLException {
        try {
            return delegate().getSQLStateType();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean locatorsUpdateCopy() throws SQLException {
        try {
            return delegate().locatorsUpdateCopy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public RowIdLifetime getRowIdLifetime() throws SQLException {
        try {
            return delegate().getRowIdLifetime();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean autoCommitFailureClosesAllResultSets() throws SQLException {
        try {
            return delegate().autoCommitFailureClosesAllResultSets();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean generatedKeyAlwaysReturned() throws SQLException {
        try {
            return delegate().generatedKeyAlwaysReturned();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getMaxLogicalLobSize() throws SQLException {
        try {
            return delegate().getMaxLogicalLobSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
