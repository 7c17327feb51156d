extension SourceRole {
    /// Fields of the sources that say how work went.
    var performanceFields: [SourceField] {
        switch self {
        case .appraisals:
            [
                SourceField("record_id", .text, "number of the appraisal"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("kind", .category(CategoryDescription(AppraisalKind.self)), mandatory: true, "kind of appraisal"),
                SourceField("year", .integer, "year that the appraisal is about"),
                SourceField("date", .date, mandatory: true, "day on which the grade was decided"),
                SourceField("grade", .category(CategoryDescription(AppraisalGrade.self)), "grade"),
                SourceField("score", .decimal(decimals: 2), "mark, 0 to 100"),
            ]
        case .tasks:
            [
                SourceField("record_id", .text, mandatory: true, "number of the task"),
                SourceField("cadre_id", .text, "who answers for it"),
                SourceField("unit", .text, "unit that answers for it, where no cadre is named"),
                SourceField("post", .text, "post that answers for it, where no cadre is named"),
                SourceField("contest_field", .category(CategoryDescription(ContestField.self)), "field of the six-field contest"),
                SourceField("due_date", .date, mandatory: true, "deadline"),
                SourceField("completed_date", .date, "day of completion; blank while open"),
                SourceField("quality", .decimal(decimals: 2), "acceptance mark, 0 to 100"),
                SourceField("reform", .text, "code of the reform that it is part of, as in the risk filings"),
            ]
        case .ballots:
            [
                SourceField("record_id", .text, "number of the ballot"),
                SourceField("rater_id", .text, mandatory: true, "pseudonym of the rater"),
                SourceField("cadre_id", .text, mandatory: true, "who is rated"),
                SourceField("date", .date, mandatory: true, "day of the ballot"),
                SourceField("score", .decimal(decimals: 2), mandatory: true, "mark, 0 to 100"),
            ]
        default:
            [
                SourceField("record_id", .text, "number of the award"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("date", .date, "day of the award"),
                SourceField("award", .text, mandatory: true, "which award"),
                SourceField("level", .text, "who gave it: county, city, province, nation"),
            ]
        }
    }
}
