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
            return raw.allProceduresAreCallable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean allTablesAreSelectable() throws SQLException {
        try {
            return raw.allTablesAreSelectable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getURL() throws SQLException {
        try {
            return raw.getURL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getUserName() throws SQLException {
        try {
            return raw.getUserName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        try {
            return raw.isReadOnly();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedHigh() throws SQLException {
        try {
            return raw.nullsAreSortedHigh();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedLow() throws SQLException {
        try {
            return raw.nullsAreSortedLow();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedAtStart() throws SQLException {
        try {
            return raw.nullsAreSortedAtStart();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullsAreSortedAtEnd() throws SQLException {
        try {
            return raw.nullsAreSortedAtEnd();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        try {
            return raw.getDatabaseProductName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        try {
            return raw.getDatabaseProductVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDriverName() throws SQLException {
        try {
            return raw.getDriverName();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getDriverVersion() throws SQLException {
        try {
            return raw.getDriverVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDriverMajorVersion() {
        return raw.getDriverMajorVersion();
    }

    @Override
    public int getDriverMinorVersion() {
        return raw.getDriverMinorVersion();
    }

    @Override
    public boolean usesLocalFiles() throws SQLException {
        try {
            return raw.usesLocalFiles();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean usesLocalFilePerTable() throws SQLException {
        try {
            return raw.usesLocalFilePerTable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesUpperCaseIdentifiers() throws SQLException {
        try {
            return raw.storesUpperCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesLowerCaseIdentifiers() throws SQLException {
        try {
            return raw.storesLowerCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesMixedCaseIdentifiers() throws SQLException {
        try {
            return raw.storesMixedCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesUpperCaseQuotedIdentifiers() throws SQLException {
        try {
            return raw.storesUpperCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesLowerCaseQuotedIdentifiers() throws SQLException {
        try {
            return raw.storesLowerCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean storesMixedCaseQuotedIdentifiers() throws SQLException {
        try {
            return raw.storesMixedCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getIdentifierQuoteString() throws SQLException {
        try {
            return raw.getIdentifierQuoteString();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSQLKeywords() throws SQLException {
        try {
            return raw.getSQLKeywords();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getNumericFunctions() throws SQLException {
        try {
            return raw.getNumericFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getStringFunctions() throws SQLException {
        try {
            return raw.getStringFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSystemFunctions() throws SQLException {
        try {
            return raw.getSystemFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getTimeDateFunctions() throws SQLException {
        try {
            return raw.getTimeDateFunctions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSearchStringEscape() throws SQLException {
        try {
            return raw.getSearchStringEscape();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getExtraNameCharacters() throws SQLException {
        try {
            return raw.getExtraNameCharacters();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean nullPlusNonNullIsNull() throws SQLException {
        try {
            return raw.nullPlusNonNullIsNull();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getSchemaTerm() throws SQLException {
        try {
            return raw.getSchemaTerm();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getProcedureTerm() throws SQLException {
        try {
            return raw.getProcedureTerm();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getCatalogTerm() throws SQLException {
        try {
            return raw.getCatalogTerm();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean isCatalogAtStart() throws SQLException {
        try {
            return raw.isCatalogAtStart();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public String getCatalogSeparator() throws SQLException {
        try {
            return raw.getCatalogSeparator();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxBinaryLiteralLength() throws SQLException {
        try {
            return raw.getMaxBinaryLiteralLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxCharLiteralLength() throws SQLException {
        try {
            return raw.getMaxCharLiteralLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnNameLength() throws SQLException {
        try {
            return raw.getMaxColumnNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInGroupBy() throws SQLException {
        try {
            return raw.getMaxColumnsInGroupBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInIndex() throws SQLException {
        try {
            return raw.getMaxColumnsInIndex();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInOrderBy() throws SQLException {
        try {
            return raw.getMaxColumnsInOrderBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInSelect() throws SQLException {
        try {
            return raw.getMaxColumnsInSelect();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxColumnsInTable() throws SQLException {
        try {
            return raw.getMaxColumnsInTable();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxConnections() throws SQLException {
        try {
            return raw.getMaxConnections();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxCursorNameLength() throws SQLException {
        try {
            return raw.getMaxCursorNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxIndexLength() throws SQLException {
        try {
            return raw.getMaxIndexLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxSchemaNameLength() throws SQLException {
        try {
            return raw.getMaxSchemaNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxProcedureNameLength() throws SQLException {
        try {
            return raw.getMaxProcedureNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxCatalogNameLength() throws SQLException {
        try {
            return raw.getMaxCatalogNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxRowSize() throws SQLException {
        try {
            return raw.getMaxRowSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean doesMaxRowSizeIncludeBlobs() throws SQLException {
        try {
            return raw.doesMaxRowSizeIncludeBlobs();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxStatementLength() throws SQLException {
        try {
            return raw.getMaxStatementLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxStatements() throws SQLException {
        try {
            return raw.getMaxStatements();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxTableNameLength() throws SQLException {
        try {
            return raw.getMaxTableNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxTablesInSelect() throws SQLException {
        try {
            return raw.getMaxTablesInSelect();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getMaxUserNameLength() throws SQLException {
        try {
            return raw.getMaxUserNameLength();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDefaultTransactionIsolation() throws SQLException {
        try {
            return raw.getDefaultTransactionIsolation();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean dataDefinitionCausesTransactionCommit() throws SQLException {
        try {
            return raw.dataDefinitionCausesTransactionCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean dataDefinitionIgnoredInTransactions() throws SQLException {
        try {
            return raw.dataDefinitionIgnoredInTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        try {
            return raw.getResultSetHoldability();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        try {
            return raw.getDatabaseMajorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        try {
            return raw.getDatabaseMinorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getJDBCMajorVersion() throws SQLException {
        try {
            return raw.getJDBCMajorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getJDBCMinorVersion() throws SQLException {
        try {
            return raw.getJDBCMinorVersion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public int getSQLStateType() throws SQLException {
        try {
            return raw.getSQLStateType();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean locatorsUpdateCopy() throws SQLException {
        try {
            return raw.locatorsUpdateCopy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public RowIdLifetime getRowIdLifetime() throws SQLException {
        try {
            return raw.getRowIdLifetime();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean autoCommitFailureClosesAllResultSets() throws SQLException {
        try {
            return raw.autoCommitFailureClosesAllResultSets();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean generatedKeyAlwaysReturned() throws SQLException {
        try {
            return raw.generatedKeyAlwaysReturned();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public long getMaxLogicalLobSize() throws SQLException {
        try {
            return raw.getMaxLogicalLobSize();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
