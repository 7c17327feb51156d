extension Schema {
    /// What tracking writes: the duties and targets of the opinion, tonight's, and its measures night by night.
    static let mechanismTables = """
        CREATE TABLE measure_values (
            as_of TEXT NOT NULL, measure TEXT NOT NULL, unit_id TEXT NOT NULL, numerator INTEGER NOT NULL, denominator INTEGER, PRIMARY KEY (as_of,
            measure, unit_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE clarifications_due (
            case_id TEXT NOT NULL, cadre_id TEXT NOT NULL, finding TEXT, decided_date TEXT NOT NULL, due_date TEXT, days_left INTEGER, file_id INTEGER
            NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (file_id, line)
        ) STRICT, WITHOUT ROWID;
        """
}
