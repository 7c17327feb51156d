extension Schema {
    /// Mechanism 1: who is named for which course, how courses ended, who was sent to the front line.
    static let educationTables = """
        CREATE TABLE training_completion (
            course TEXT NOT NULL, scope TEXT NOT NULL, unit_id TEXT, enrolled INTEGER NOT NULL, passed INTEGER NOT NULL, failed INTEGER NOT NULL, missed
            INTEGER NOT NULL, required INTEGER NOT NULL, required_passed INTEGER NOT NULL, required_failed INTEGER NOT NULL, required_missed INTEGER NOT
            NULL
        ) STRICT;
        CREATE TABLE frontline_posting_counts (
            year INTEGER NOT NULL, kind TEXT, scope TEXT NOT NULL, unit_id TEXT, sent INTEGER NOT NULL, cadres INTEGER NOT NULL, posted_now INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE training_roster (
            as_of TEXT NOT NULL, course TEXT NOT NULL, place INTEGER NOT NULL, cadre_id TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
            other_reasons TEXT NOT NULL, flag_id TEXT, dimension TEXT, indicator TEXT, size REAL, waiting_since TEXT NOT NULL, PRIMARY KEY (as_of, course,
            place)
        ) STRICT, WITHOUT ROWID;
        """
}
