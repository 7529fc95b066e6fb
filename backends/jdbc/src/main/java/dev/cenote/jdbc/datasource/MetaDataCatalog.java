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
            return results(raw.getProcedures(catalog, schemaPattern, procedureNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getProcedureColumns(
            String catalog, String schemaPattern, String procedureNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(raw.getProcedureColumns(catalog, schemaPattern, procedureNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTables(String catalog, String schemaPattern, String tableNamePattern, String[] types)
            throws SQLException {
        try {
            return results(raw.getTables(catalog, schemaPattern, tableNamePattern, types));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        try {
            return results(raw.getSchemas());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        try {
            return results(raw.getCatalogs());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        try {
            return results(raw.getTableTypes());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getColumns(String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(raw.getColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getColumnPrivileges(String catalog, String schema, String table, String columnNamePattern)
            throws SQLException {
        try {
            return results(raw.getColumnPrivileges(catalog, schema, table, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTablePrivileges(String catalog, String schemaPattern, String tableNamePattern)
            throws SQLException {
        try {
            return results(raw.getTablePrivileges(catalog, schemaPattern, tableNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getBestRowIdentifier(String catalog, String schema, String table, int scope, boolean nullable)
            throws SQLException {
        try {
            return results(raw.getBestRowIdentifier(catalog, schema, table, scope, nullable));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getVersionColumns(String catalog, String schema, String table) throws SQLException {
        try {
            return results(raw.getVersionColumns(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getPrimaryKeys(String catalog, String schema, String table) throws SQLException {
        try {
            return results(raw.getPrimaryKeys(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getImportedKeys(String catalog, String schema, String table) throws SQLException {
        try {
            return results(raw.getImportedKeys(catalog, schema, table));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getExportedKeys(String catalog, String schema, String table) throws SQLException {
        try {
            return results(raw.getExportedKeys(catalog, schema, table));
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
            return results(raw.getCrossReference(
                    parentCatalog, parentSchema, parentTable, foreignCatalog, foreignSchema, foreignTable));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        try {
            return results(raw.getTypeInfo());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getIndexInfo(String catalog, String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        try {
            return results(raw.getIndexInfo(catalog, schema, table, unique, approximate));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean ownUpdatesAreVisible(int type) throws SQLException {
        try {
            return raw.ownUpdatesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean ownDeletesAreVisible(int type) throws SQLException {
        try {
            return raw.ownDeletesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean ownInsertsAreVisible(int type) throws SQLException {
        try {
            return raw.ownInsertsAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean othersUpdatesAreVisible(int type) throws SQLException {
        try {
            return raw.othersUpdatesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean othersDeletesAreVisible(int type) throws SQLException {
        try {
            return raw.othersDeletesAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean othersInsertsAreVisible(int type) throws SQLException {
        try {
            return raw.othersInsertsAreVisible(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean updatesAreDetected(int type) throws SQLException {
        try {
            return raw.updatesAreDetected(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean deletesAreDetected(int type) throws SQLException {
        try {
            return raw.deletesAreDetected(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean insertsAreDetected(int type) throws SQLException {
        try {
            return raw.insertsAreDetected(type);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getUDTs(String catalog, String schemaPattern, String typeNamePattern, int[] types)
            throws SQLException {
        try {
            return results(raw.getUDTs(catalog, schemaPattern, typeNamePattern, types));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemaPattern, String typeNamePattern) throws SQLException {
        try {
            return results(raw.getSuperTypes(catalog, schemaPattern, typeNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemaPattern, String tableNamePattern) throws SQLException {
        try {
            return results(raw.getSuperTables(catalog, schemaPattern, tableNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getAttributes(
            String catalog, String schemaPattern, String typeNamePattern, String attributeNamePattern)
            throws SQLException {
        try {
            return results(raw.getAttributes(catalog, schemaPattern, typeNamePattern, attributeNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getSchemas(String catalog, String schemaPattern) throws SQLException {
        try {
            return results(raw.getSchemas(catalog, schemaPattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        try {
            return results(raw.getClientInfoProperties());
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getFunctions(String catalog, String schemaPattern, String functionNamePattern)
            throws SQLException {
        try {
            return results(raw.getFunctions(catalog, schemaPattern, functionNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemaPattern, String functionNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(raw.getFunctionColumns(catalog, schemaPattern, functionNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public ResultSet getPseudoColumns(
            String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
            throws SQLException {
        try {
            return results(raw.getPseudoColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
