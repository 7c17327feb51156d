extension Schema {
    /// How units handle petitions: counts, and nothing of any single one.
    static let petitionTables = """
        CREATE TABLE petition_handling (
            number INTEGER PRIMARY KEY, unit_id TEXT, kind TEXT, received INTEGER NOT NULL, acceptance_due INTEGER NOT NULL,
            accepted_in_time INTEGER NOT NULL, acceptance_expected REAL, acceptance_lower95 REAL, acceptance_upper95 REAL,
            acceptance_lower998 REAL, acceptance_upper998 REAL, acceptance_place TEXT, closing_due INTEGER NOT NULL,
            closed_in_time INTEGER NOT NULL, closing_expected REAL, closing_lower95 REAL, closing_upper95 REAL, closing_lower998 REAL,
            closing_upper998 REAL, closing_place TEXT, extended INTEGER NOT NULL, open_in_acceptance INTEGER NOT NULL,
            open_in_closing INTEGER NOT NULL, open_in_extension INTEGER NOT NULL, open_beyond INTEGER NOT NULL
        ) STRICT;
        """
}
