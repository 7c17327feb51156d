extension Schema {
    /// Of which parts of files the rows are that the warehouse holds (`StandingRows.swift`): `place` is before all rows of a part, `last` at or after its last one.
    ///
    /// Rows of a night before it are of no part, and are replaced the next night.
    static let rowPartTables = """
        CREATE TABLE row_parts (
            role TEXT NOT NULL, place INTEGER NOT NULL, last INTEGER NOT NULL, scope TEXT NOT NULL, identity TEXT NOT NULL, stands INTEGER NOT NULL,
            PRIMARY KEY (role, place)
        ) STRICT, WITHOUT ROWID;
        """
}
