import PipelineModel

extension Schema {
    /// Rows of which a cadre has many, and those that name nobody, come in blocks, each with the place of its first row; what is found out of a row later is a correction.
    ///
    /// The rows themselves are tonight's, and are read again from the exports: no stage may take the night for one that is there.
    static var rowBlockTables: String {
        let tables = ["leave", "training", "appraisals", "tasks", "ballots", "petitions", "clarifications", "unresolved_targets"].map { table in
            """
            DROP TABLE \(table);
            CREATE TABLE \(table) (
                place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL, rows INTEGER NOT NULL,
                content BLOB NOT NULL
            ) STRICT;
            """
        }
        return """
            DROP VIEW petition_handling_days;
            \(tables.joined(separator: "\n"))
            CREATE TABLE row_corrections (
                role TEXT NOT NULL, place INTEGER NOT NULL, target_cadre_id TEXT, PRIMARY KEY (role, place)
            ) STRICT, WITHOUT ROWID;
            DELETE FROM ingestion_fingerprint;
            DELETE FROM stages;
            """
    }
}
