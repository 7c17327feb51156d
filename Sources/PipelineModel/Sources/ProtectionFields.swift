extension SourceRole {
    /// Fields of the sources that protect people from their score, and bring their reviewers' decisions back.
    var protectionFields: [SourceField] {
        switch self {
        case .faultTolerance:
            [
                SourceField("case_id", .text, mandatory: true, "number of the case"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("event_source", .text, mandatory: true, "source of the event: tasks, petitions, discipline, …"),
                SourceField("event_record_id", .text, mandatory: true, "the event's number in that source"),
                SourceField("decision", .category(CategoryDescription(FaultToleranceDecision.self)), mandatory: true, "what was decided"),
                SourceField("weight", .decimal(decimals: 2), "share of the event that still counts, for a mitigated case: 0 to 1"),
                SourceField("decided_date", .date, "day of the decision"),
                SourceField("motive", .category(CategoryDescription(Consideration.self)), "motive and attitude (动机态度)"),
                SourceField("conditions", .category(CategoryDescription(Consideration.self)), "objective conditions (客观条件)"),
                SourceField("procedure", .category(CategoryDescription(Consideration.self)), "procedure and method (程序方法)"),
                SourceField("nature", .category(CategoryDescription(Consideration.self)), "nature and degree (性质程度)"),
                SourceField("consequences", .category(CategoryDescription(Consideration.self)), "consequences (后果影响)"),
                SourceField("redress", .category(CategoryDescription(Consideration.self)), "redress (挽回损失)"),
                SourceField("trying_first", .flag, "want of experience in trying first, not knowing violation (三个区分开来之一)"),
                SourceField("not_forbidden", .flag, "an exploration that nothing forbade, not defiance of a ban (之二)"),
                SourceField("for_development", .flag, "an unintended fault in advancing development, not private gain (之三)"),
            ]
        case .riskFilings:
            [
                SourceField("filing_id", .text, mandatory: true, "number of the filing"),
                SourceField("unit", .text, mandatory: true, "unit that filed: id or name"),
                SourceField("cadre_id", .text, "cadre who answers for the reform"),
                SourceField("subject", .text, mandatory: true, "code of the reform"),
                SourceField("filed_date", .date, mandatory: true, "day of filing"),
                SourceField("assessment_due", .date, "day by which it must be assessed"),
                SourceField("assessed_date", .date, "day of assessment; blank while open"),
                SourceField("outcome", .category(CategoryDescription(RiskFilingOutcome.self)), "what was decided"),
                SourceField("start_date", .date, "first day of the reform"),
                SourceField("end_date", .date, "last day of the reform"),
            ]
        case .clarifications:
            [
                SourceField("case_id", .text, mandatory: true, "number of the case"),
                SourceField("cadre_id", .text, mandatory: true, "who was cleared"),
                SourceField("petition_record_id", .text, "number of the petition that was unfounded"),
                SourceField("finding", .category(CategoryDescription(PetitionFinding.self)), "what was found"),
                SourceField("decided_date", .date, mandatory: true, "day of the finding"),
                SourceField("due_date", .date, "day by which it must be published"),
                SourceField("published_date", .date, "day of publication; blank while open"),
            ]
        default:
            [
                SourceField("flag_id", .text, mandatory: true, "the flag decided on"),
                SourceField("decision", .category(CategoryDescription(ReviewDecision.self)), mandatory: true, "what was decided"),
                SourceField("reason", .text, mandatory: true, "why; a decision without a reason is refused"),
                SourceField("reviewer", .text, "who decided"),
                SourceField("date", .date, mandatory: true, "day of the decision"),
                SourceField("cadre_statement", .text, "the cadre's own side"),
                SourceField("fitness_date", .date, "day of the fitness check after a confirmed disposition; filled in later"),
                SourceField("fitness_result", .category(CategoryDescription(FitnessResult.self)), "what the fitness check found"),
            ]
        }
    }
}
