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

    /** Takes note of a failure of the driver's, and gives it back. */
    abstract SQLException failed(SQLException failure);

    @Override
    public boolean supportsMixedCaseIdentifiers() throws SQLException {
        try {
            return raw.supportsMixedCaseIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMixedCaseQuotedIdentifiers() throws SQLException {
        try {
            return raw.supportsMixedCaseQuotedIdentifiers();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsAlterTableWithAddColumn() throws SQLException {
        try {
            return raw.supportsAlterTableWithAddColumn();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsAlterTableWithDropColumn() throws SQLException {
        try {
            return raw.supportsAlterTableWithDropColumn();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsColumnAliasing() throws SQLException {
        try {
            return raw.supportsColumnAliasing();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsConvert() throws SQLException {
        try {
            return raw.supportsConvert();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsConvert(int fromType, int toType) throws SQLException {
        try {
            return raw.supportsConvert(fromType, toType);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsTableCorrelationNames() throws SQLException {
        try {
            return raw.supportsTableCorrelationNames();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsDifferentTableCorrelationNames() throws SQLException {
        try {
            return raw.supportsDifferentTableCorrelationNames();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsExpressionsInOrderBy() throws SQLException {
        try {
            return raw.supportsExpressionsInOrderBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOrderByUnrelated() throws SQLException {
        try {
            return raw.supportsOrderByUnrelated();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGroupBy() throws SQLException {
        try {
            return raw.supportsGroupBy();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGroupByUnrelated() throws SQLException {
        try {
            return raw.supportsGroupByUnrelated();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGroupByBeyondSelect() throws SQLException {
        try {
            return raw.supportsGroupByBeyondSelect();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsLikeEscapeClause() throws SQLException {
        try {
            return raw.supportsLikeEscapeClause();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMultipleResultSets() throws SQLException {
        try {
            return raw.supportsMultipleResultSets();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMultipleTransactions() throws SQLException {
        try {
            return raw.supportsMultipleTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsNonNullableColumns() throws SQLException {
        try {
            return raw.supportsNonNullableColumns();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMinimumSQLGrammar() throws SQLException {
        try {
            return raw.supportsMinimumSQLGrammar();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCoreSQLGrammar() throws SQLException {
        try {
            return raw.supportsCoreSQLGrammar();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsExtendedSQLGrammar() throws SQLException {
        try {
            return raw.supportsExtendedSQLGrammar();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsANSI92EntryLevelSQL() throws SQLException {
        try {
            return raw.supportsANSI92EntryLevelSQL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsANSI92IntermediateSQL() throws SQLException {
        try {
            return raw.supportsANSI92IntermediateSQL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsANSI92FullSQL() throws SQLException {
        try {
            return raw.supportsANSI92FullSQL();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsIntegrityEnhancementFacility() throws SQLException {
        try {
            return raw.supportsIntegrityEnhancementFacility();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOuterJoins() throws SQLException {
        try {
            return raw.supportsOuterJoins();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsFullOuterJoins() throws SQLException {
        try {
            return raw.supportsFullOuterJoins();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsLimitedOuterJoins() throws SQLException {
        try {
            return raw.supportsLimitedOuterJoins();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInDataManipulation() throws SQLException {
        try {
            return raw.supportsSchemasInDataManipulation();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInProcedureCalls() throws SQLException {
        try {
            return raw.supportsSchemasInProcedureCalls();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInTableDefinitions() throws SQLException {
        try {
            return raw.supportsSchemasInTableDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInIndexDefinitions() throws SQLException {
        try {
            return raw.supportsSchemasInIndexDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSchemasInPrivilegeDefinitions() throws SQLException {
        try {
            return raw.supportsSchemasInPrivilegeDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInDataManipulation() throws SQLException {
        try {
            return raw.supportsCatalogsInDataManipulation();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInProcedureCalls() throws SQLException {
        try {
            return raw.supportsCatalogsInProcedureCalls();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInTableDefinitions() throws SQLException {
        try {
            return raw.supportsCatalogsInTableDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInIndexDefinitions() throws SQLException {
        try {
            return raw.supportsCatalogsInIndexDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCatalogsInPrivilegeDefinitions() throws SQLException {
        try {
            return raw.supportsCatalogsInPrivilegeDefinitions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsPositionedDelete() throws SQLException {
        try {
            return raw.supportsPositionedDelete();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsPositionedUpdate() throws SQLException {
        try {
            return raw.supportsPositionedUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSelectForUpdate() throws SQLException {
        try {
            return raw.supportsSelectForUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsStoredProcedures() throws SQLException {
        try {
            return raw.supportsStoredProcedures();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInComparisons() throws SQLException {
        try {
            return raw.supportsSubqueriesInComparisons();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInExists() throws SQLException {
        try {
            return raw.supportsSubqueriesInExists();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInIns() throws SQLException {
        try {
            return raw.supportsSubqueriesInIns();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSubqueriesInQuantifieds() throws SQLException {
        try {
            return raw.supportsSubqueriesInQuantifieds();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsCorrelatedSubqueries() throws SQLException {
        try {
            return raw.supportsCorrelatedSubqueries();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsUnion() throws SQLException {
        try {
            return raw.supportsUnion();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsUnionAll() throws SQLException {
        try {
            return raw.supportsUnionAll();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenCursorsAcrossCommit() throws SQLException {
        try {
            return raw.supportsOpenCursorsAcrossCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenCursorsAcrossRollback() throws SQLException {
        try {
            return raw.supportsOpenCursorsAcrossRollback();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenStatementsAcrossCommit() throws SQLException {
        try {
            return raw.supportsOpenStatementsAcrossCommit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsOpenStatementsAcrossRollback() throws SQLException {
        try {
            return raw.supportsOpenStatementsAcrossRollback();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsTransactions() throws SQLException {
        try {
            return raw.supportsTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsTransactionIsolationLevel(int level) throws SQLException {
        try {
            return raw.supportsTransactionIsolationLevel(level);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsDataDefinitionAndDataManipulationTransactions() throws SQLException {
        try {
            return raw.supportsDataDefinitionAndDataManipulationTransactions();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsDataManipulationTransactionsOnly() throws SQLException {
        try {
            return raw.supportsDataManipulationTransactionsOnly();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsResultSetType(int type) throws SQLException {
        try {
            return raw.supportsResultSetType(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsResultSetConcurrency(int type, int concurrency) throws SQLException {
        try {
            return raw.supportsResultSetConcurrency(type, concurrency);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsBatchUpdates() throws SQLException {
        try {
            return raw.supportsBatchUpdates();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSavepoints() throws SQLException {
        try {
            return raw.supportsSavepoints();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsNamedParameters() throws SQLException {
        try {
            return raw.supportsNamedParameters();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsMultipleOpenResults() throws SQLException {
        try {
            return raw.supportsMultipleOpenResults();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsGetGeneratedKeys() throws SQLException {
        try {
            return raw.supportsGetGeneratedKeys();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsResultSetHoldability(int holdability) throws SQLException {
        try {
            return raw.supportsResultSetHoldability(holdability);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsStatementPooling() throws SQLException {
        try {
            return raw.supportsStatementPooling();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsStoredFunctionsUsingCallSyntax() throws SQLException {
        try {
            return raw.supportsStoredFunctionsUsingCallSyntax();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsRefCursors() throws SQLException {
        try {
            return raw.supportsRefCursors();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean supportsSharding() throws SQLException {
        try {
            return raw.supportsSharding();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
