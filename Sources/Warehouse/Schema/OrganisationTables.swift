extension Schema {
    /// The organisation: tonight's progress.
    static let organisationTables = """
        CREATE TABLE implementation_progress (
            number INTEGER NOT NULL, measure TEXT NOT NULL, mechanism TEXT, label_zh TEXT NOT NULL, label_en TEXT NOT NULL, unit_id TEXT NOT NULL,
            numerator INTEGER, denominator INTEGER, last_month_night TEXT, last_month_numerator INTEGER, last_month_denominator INTEGER,
            year_ago_night TEXT, year_ago_numerator INTEGER, year_ago_denominator INTEGER, PRIMARY KEY (number, unit_id)
        ) STRICT, WITHOUT ROWID;
        """
}
