extension Schema {
    /// Mechanism 6, care: tonight's.
    static let careTables = """
        CREATE TABLE care_list (
            cadre_id TEXT NOT NULL, reason TEXT NOT NULL, value REAL NOT NULL, threshold REAL NOT NULL, since TEXT, detail_zh TEXT NOT NULL,
            detail_en TEXT NOT NULL, citation_zh TEXT NOT NULL, citation_en TEXT NOT NULL, PRIMARY KEY (cadre_id, reason)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE promotion_channels (
            number INTEGER PRIMARY KEY, civil_service_class TEXT, rank TEXT, headcount INTEGER NOT NULL, promotions INTEGER, waiting INTEGER NOT NULL,
            waited_lower REAL, waited_median REAL, waited_upper REAL
        ) STRICT;
        """
}
