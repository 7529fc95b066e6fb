package dev.cenote.jdbc.datasource;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The objects of the database. */
abstract class MetaDataCatalog extends MetaDataFacts {

    MetaDataCatalog(DatabaseMetaData raw) {
        super(raw);
    }

    /** A result set of the driver's, wrapped. */
    abstract ResultSet results(ResultSet found) throws SQLException;

    @Override
    public ResultSet getProcedures(String catalog, String schemaPattern, String procedureNamePattern)
            throws SQLException {
        try {
            return results(delegate().getProcedures(catalog, schemaPattern, procedureNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemaPattern, String procedureNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(
                    delegate().getProcedureColumns(catalog, schemaPattern, procedureNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTables(String catalog, String schemaPattern, String tableNamePattern, String[] types)
            throws SQLException {
        try {
            return results(delegate().getTables(catalog, schemaPattern, tableNamePattern, types));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        try {
            return results(delegate().getSchemas());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        try {
            return results(delegate().getCatalogs());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        try {
            return results(delegate().getTableTypes());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getColumns(String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(delegate().getColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getColumnPrivileges(String catalog, String schema, String table, String columnNamePattern)
            throws SQLException {
        try {
            return results(delegate().getColumnPrivileges(catalog, schema, table, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemaPattern, String tableNamePattern)
            throws SQLException {
        try {
            return results(delegate().getTablePrivileges(catalog, schemaPattern, tableNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getBestRowIdentifier(String catalog, String schema, String table, int scope, boolean nullable)
            throws SQLException {
        try {
            return results(delegate().getBestRowIdentifier(catalog, schema, table, scope, nullable));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) throws SQLException {
        try {
            return results(delegate().getVersionColumns(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table) throws SQLException {
        try {
            return results(delegate().getPrimaryKeys(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table) throws SQLException {
        try {
            return results(delegate().getImportedKeys(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table) throws SQLException {
        try {
            return results(delegate().getExportedKeys(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getCrossReference(
            String parentCatalog,
            String parentSchema,
            String parentTable,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable)
            throws SQLException {
        try {
            return results(delegate()
                    .getCrossReference(
                            parentCatalog, parentSchema, parentTable, foreignCatalog, foreignSchema, foreignTable));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        try {
            return results(delegate().getTypeInfo());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getIndexInfo(String catalog, String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        try {
            return results(delegate().getIndexInfo(catalog, schema, table, unique, approximate));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean ownUpdatesAreVisible(int type) throws SQLException {
        try {
            return delegate().ownUpdatesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean ownDeletesAreVisible(int type) throws SQLException {
        try {
            return delegate().ownDeletesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean ownInsertsAreVisible(int type) throws SQLException {
        try {
            return delegate().ownInsertsAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean othersUpdatesAreVisible(int type) throws SQLException {
        try {
            return delegate().othersUpdatesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean othersDeletesAreVisible(int type) throws SQLException {
        try {
            return delegate().othersDeletesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean othersInsertsAreVisible(int type) throws SQLException {
        try {
            return delegate().othersInsertsAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean updatesAreDetected(int type) throws SQLException {
        try {
            return delegate().updatesAreDetected(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean deletesAreDetected(int type) throws SQLException {
        try {
            return delegate().deletesAreDetected(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean insertsAreDetected(int type) throws SQLException {
        try {
            return delegate().insertsAreDetected(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getUDTs(String catalog, String schemaPattern, String typeNamePattern, int[] types)
            throws SQLException {
        try {
            return results(delegate().getUDTs(catalog, schemaPattern, typeNamePattern, types));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemaPattern, String typeNamePattern) throws SQLException {
        try {
            return results(delegate().getSuperTypes(catalog, schemaPattern, typeNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemaPattern, String tableNamePattern) throws SQLException {
        try {
            return results(delegate().getSuperTables(catalog, schemaPattern, tableNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getAttributes(
            String catalog, String schemaPattern, String typeNamePattern, String attributeNamePattern)
            throws SQLException {
        try {
            return results(delegate().getAttributes(catalog, schemaPattern, typeNamePattern, attributeNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSchemas(String catalog, String schemaPattern) throws SQLException {
        try {
            return results(delegate().getSchemas(catalog, schemaPattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        try {
            return results(delegate().getClientInfoProperties());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemaPattern, String functionNamePattern)
            throws SQLException {
        try {
            return results(delegate().getFunctions(catalog, schemaPattern, functionNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemaPattern, String functionNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(
                    delegate().getFunctionColumns(catalog, schemaPattern, functionNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getPseudoColumns(
            String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(delegate().getPseudoColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
