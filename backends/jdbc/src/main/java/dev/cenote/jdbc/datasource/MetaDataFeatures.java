package dev.cenote.jdbc.datasource;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** What the database supports. */
abstract class MetaDataFeatures implements DatabaseMetaData {

    /** The driver's meta data. */
    final DatabaseMetaData raw;

    MetaDataFeatures(DatabaseMetaData raw) {
        this.raw = raw;
    }

    /** The driver's meta data. Throws once the connection is closed: it would ask on the next holder's. */
    abstract DatabaseMetaData delegate() throws SQLException;

    /** Takes note of a failure of the driver's, and gives it back. */
    abstract SQLException failed(SQLException failure);

    @Override
    public boolean supportsMixedCaseIdentifiers() throws SQLException {
        try {
            return delegate().supportsMixedCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMixedCaseQuotedIdentifiers() throws SQLException {
        try {
            return delegate().supportsMixedCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsAlterTableWithAddColumn() throws SQLException {
        try {
            return delegate().supportsAlterTableWithAddColumn();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsAlterTableWithDropColumn() throws SQLException {
        try {
            return delegate().supportsAlterTableWithDropColumn();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsColumnAliasing() throws SQLException {
        try {
            return delegate().supportsColumnAliasing();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsConvert() throws SQLException {
        try {
            return delegate().supportsConvert();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsConvert(int fromType, int toType) throws SQLException {
        try {
            return delegate().supportsConvert(fromType, toType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsTableCorrelationNames() throws SQLException {
        try {
            return delegate().supportsTableCorrelationNames();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsDifferentTableCorrelationNames() throws SQLException {
        try {
            return delegate().supportsDifferentTableCorrelationNames();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsExpressionsInOrderBy() throws SQLException {
        try {
            return delegate().supportsExpressionsInOrderBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOrderByUnrelated() throws SQLException {
        try {
            return delegate().supportsOrderByUnrelated();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGroupBy() throws SQLException {
        try {
            return delegate().supportsGroupBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGroupByUnrelated() throws SQLException {
        try {
            return delegate().supportsGroupByUnrelated();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGroupByBeyondSelect() throws SQLException {
        try {
            return delegate().supportsGroupByBeyondSelect();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsLikeEscapeClause() throws SQLException {
        try {
            return delegate().supportsLikeEscapeClause();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMultipleResultSets() throws SQLException {
        try {
            return delegate().supportsMultipleResultSets();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMultipleTransactions() throws SQLException {
        try {
            return delegate().supportsMultipleTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsNonNullableColumns() throws SQLException {
        try {
            return delegate().supportsNonNullableColumns();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMinimumSQLGrammar() throws SQLException {
        try {
            return delegate().supportsMinimumSQLGrammar();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCoreSQLGrammar() throws SQLException {
        try {
            return delegate().supportsCoreSQLGrammar();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsExtendedSQLGrammar() throws SQLException {
        try {
            return delegate().supportsExtendedSQLGrammar();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsANSI92EntryLevelSQL() throws SQLException {
        try {
            return delegate().supportsANSI92EntryLevelSQL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsANSI92IntermediateSQL() throws SQLException {
        try {
            return delegate().supportsANSI92IntermediateSQL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsANSI92FullSQL() throws SQLException {
        try {
            return delegate().supportsANSI92FullSQL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsIntegrityEnhancementFacility() throws SQLException {
        try {
            return delegate().supportsIntegrityEnhancementFacility();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOuterJoins() throws SQLException {
        try {
            return delegate().supportsOuterJoins();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsFullOuterJoins() throws SQLException {
        try {
            return delegate().supportsFullOuterJoins();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsLimitedOuterJoins() throws SQLException {
        try {
            return delegate().supportsLimitedOuterJoins();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInDataManipulation() throws SQLException {
        try {
            return delegate().supportsSchemasInDataManipulation();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInProcedureCalls() throws SQLException {
        try {
            return delegate().supportsSchemasInProcedureCalls();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInTableDefinitions() throws SQLException {
        try {
            return delegate().supportsSchemasInTableDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInIndexDefinitions() throws SQLException {
        try {
            return delegate().supportsSchemasInIndexDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInPrivilegeDefinitions() throws SQLException {
        try {
            return delegate().supportsSchemasInPrivilegeDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInDataManipulation() throws SQLException {
        try {
            return delegate().supportsCatalogsInDataManipulation();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInProcedureCalls() throws SQLException {
        try {
            return delegate().supportsCatalogsInProcedureCalls();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInTableDefinitions() throws SQLException {
        try {
            return delegate().supportsCatalogsInTableDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInIndexDefinitions() throws SQLException {
        try {
            return delegate().supportsCatalogsInIndexDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInPrivilegeDefinitions() throws SQLException {
        try {
            return delegate().supportsCatalogsInPrivilegeDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsPositionedDelete() throws SQLException {
        try {
            return delegate().supportsPositionedDelete();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsPositionedUpdate() throws SQLException {
        try {
            return delegate().supportsPositionedUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSelectForUpdate() throws SQLException {
        try {
            return delegate().supportsSelectForUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsStoredProcedures() throws SQLException {
        try {
            return delegate().supportsStoredProcedures();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInComparisons() throws SQLException {
        try {
            return delegate().supportsSubqueriesInComparisons();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInExists() throws SQLException {
        try {
            return delegate().supportsSubqueriesInExists();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInIns() throws SQLException {
        try {
            return delegate().supportsSubqueriesInIns();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInQuantifieds() throws SQLException {
        try {
            return delegate().supportsSubqueriesInQuantifieds();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCorrelatedSubqueries() throws SQLException {
        try {
            return delegate().supportsCorrelatedSubqueries();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsUnion() throws SQLException {
        try {
            return delegate().supportsUnion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsUnionAll() throws SQLException {
        try {
            return delegate().supportsUnionAll();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenCursorsAcrossCommit() throws SQLException {
        try {
            return delegate().supportsOpenCursorsAcrossCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenCursorsAcrossRollback() throws SQLException {
        try {
            return delegate().supportsOpenCursorsAcrossRollback();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenStatementsAcrossCommit() throws SQLException {
        try {
            return delegate().supportsOpenStatementsAcrossCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenStatementsAcrossRollback() throws SQLException {
        try {
            return delegate().supportsOpenStatementsAcrossRollback();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsTransactions() throws SQLException {
        try {
            return delegate().supportsTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsTransactionIsolationLevel(int level) throws SQLException {
        try {
            return delegate().supportsTransactionIsolationLevel(level);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsDataDefinitionAndDataManipulationTransactions() throws SQLException {
        try {
            return delegate().supportsDataDefinitionAndDataManipulationTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsDataManipulationTransactionsOnly() throws SQLException {
        try {
            return delegate().supportsDataManipulationTransactionsOnly();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsResultSetType(int type) throws SQLException {
        try {
            return delegate().supportsResultSetType(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsResultSetConcurrency(int type, int concurrency) throws SQLException {
        try {
            return delegate().supportsResultSetConcurrency(type, concurrency);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsBatchUpdates() throws SQLException {
        try {
            return delegate().supportsBatchUpdates();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSavepoints() throws SQLException {
        try {
            return delegate().supportsSavepoints();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsNamedParameters() throws SQLException {
        try {
            return delegate().supportsNamedParameters();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMultipleOpenResults() throws SQLException {
        try {
            return delegate().supportsMultipleOpenResults();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGetGeneratedKeys() throws SQLException {
        try {
            return delegate().supportsGetGeneratedKeys();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsResultSetHoldability(int holdability) throws SQLException {
        try {
            return delegate().supportsResultSetHoldability(holdability);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsStatementPooling() throws SQLException {
        try {
            return delegate().supportsStatementPooling();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsStoredFunctionsUsingCallSyntax() throws SQLException {
        try {
            return delegate().supportsStoredFunctionsUsingCallSyntax();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsRefCursors() throws SQLException {
        try {
            return delegate().supportsRefCursors();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSharding() throws SQLException {
        try {
            return delegate().supportsSharding();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
