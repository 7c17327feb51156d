extension SourceRole {
    /// Fields of the sources that say what was complained of and found.
    var accountabilityFields: [SourceField] {
        switch self {
        case .petitions:
            [
                SourceField("record_id", .text, mandatory: true, "number of the petition"),
                SourceField("cadre_id", .text, "whom it is about"),
                SourceField("unit", .text, "unit it is about: id or name"),
                SourceField("post", .text, "post it is about"),
                SourceField("name", .text, "name of the cadre it is about, never of the petitioner"),
                SourceField("kind", .category(CategoryDescription(PetitionKind.self)), "kind of petition"),
                SourceField("finding", .category(CategoryDescription(PetitionFinding.self)), "what was found; blank is pending"),
                SourceField("received", .timestamp, "when it came in"),
                SourceField("accepted_date", .date, "day of acceptance"),
                SourceField("due_date", .date, "day by which it must be closed"),
                SourceField("closed", .timestamp, "when it was answered"),
                SourceField("handling_unit", .text, "unit that handles it: id or name; blank: the unit it is about"),
                SourceField("reform", .text, "code of the reform that it is part of, as in the risk filings"),
            ]
        case .mediaInquiries:
            [
                SourceField("record_id", .text, mandatory: true, "number of the inquiry"),
                SourceField("unit", .text, "unit that it is about: id or name"),
                SourceField("cadre_id", .text, "cadre who answers for the rectification"),
                SourceField("aired_date", .date, mandatory: true, "day it was aired"),
                SourceField("due_date", .date, "day by which it must be rectified"),
                SourceField("rectified_date", .date, "day it was rectified; blank while open"),
                SourceField("reform", .text, "code of the reform that it is part of, as in the risk filings"),
            ]
        case .discipline:
            [
                SourceField("record_id", .text, "number of the case"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("date", .date, "day of the event or charge"),
                SourceField("decided_date", .date, "day of the decision"),
                SourceField("kind", .text, "kind of case"),
                SourceField("penalty", .text, "what was imposed"),
                SourceField("outcome", .text, "how it ended"),
                SourceField("command", .text, "unit named by the case"),
                SourceField("reform", .text, "code of the reform that it is part of, as in the risk filings"),
            ]
        default:
            [
                SourceField("record_id", .text, mandatory: true, "number of the warning"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("kind", .category(CategoryDescription(WarningKind.self)), mandatory: true, "how hard"),
                SourceField("date", .date, mandatory: true, "day it was given"),
                SourceField("correction_due", .date, "day by which a required correction must be made"),
                SourceField("corrected_date", .date, "day the correction was accepted; blank while open"),
            ]
        }
    }
}
