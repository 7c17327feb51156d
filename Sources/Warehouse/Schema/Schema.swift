import GRDB

/// The warehouse's schema, as migrations that are never edited once released.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sources, facts, appraisal, flags") { database in
            try database.execute(sql: ingestionTables)
            try database.execute(sql: sourceTables)
            try database.execute(sql: appraisalTables)
            try database.execute(sql: flaggingTables)
            try database.execute(sql: estimateTables)
            try database.execute(sql: tierTables)
            try database.execute(sql: mechanismTables)
            try database.execute(sql: educationTables)
            try database.execute(sql: selectionTables)
            try database.execute(sql: petitionTables)
            try database.execute(sql: faultToleranceTables)
            try database.execute(sql: evaluationTables)
            try database.execute(sql: careTables)
            try database.execute(sql: organisationTables)
            try database.execute(sql: reviewTables)
        }
        migrator.registerMigration("2 rows in blocks") { database in
            try database.execute(sql: rowBlockTables)
        }
        migrator.registerMigration("3 parts of rows") { database in
            try database.execute(sql: rowPartTables)
        }
        return migrator
    }
}
