extension SourceRole {
    /// Fields of the sources that say who serves where.
    var personnelFields: [SourceField] {
        switch self {
        case .roster:
            [
                SourceField("cadre_id", .text, mandatory: true, "the cadre's number in the HR system"),
                SourceField("name", .text, "name, for the private lists and for resolving petitions"),
                SourceField("id_number", .identityNumber, "identity number; checked, then stored only as a keyed hash"),
                SourceField("sex", .category(CategoryDescription(Sex.self)), "feeds the fairness report only"),
                SourceField("birth_date", .date, "feeds the fairness report (age band) only"),
                SourceField("ethnic_group", .text, "feeds the fairness report only"),
                SourceField("rank", .text, "rank (职级) as the HR system writes it"),
                SourceField("civil_service_class", .category(CategoryDescription(CivilServiceClass.self)), "class of civil servant"),
                SourceField("unit", .text, "present unit: id or name"),
                SourceField("specialty", .text, "field of study or profession"),
                SourceField("entry_date", .date, "first day in service"),
                SourceField("status", .category(CategoryDescription(ServiceStatus.self)), "in service or not; blank is active"),
            ]
        case .units:
            [
                SourceField("unit_id", .text, mandatory: true, "the unit's number"),
                SourceField("name", .text, mandatory: true, "full name"),
                SourceField("kind", .category(CategoryDescription(KindOfBody.self)), mandatory: true, "kind of body; chooses the scheme"),
                SourceField("parent_id", .text, "the unit above it"),
                SourceField("division_code", .text, "administrative division, GB/T 2260"),
                SourceField("hardship_grade", .integer, "0 none to 5 hardest"),
                SourceField("staff", .integer, "established posts"),
                SourceField("aliases", .text, "other names that people use, separated by semicolons"),
                SourceField("former_names", .text, "earlier names, separated by semicolons"),
            ]
        case .posts:
            [
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("unit", .text, "unit id or name; blank: the roster's unit"),
                SourceField("post", .text, "title of the post"),
                SourceField("post_type", .text, "type of post, for peer groups"),
                SourceField("rank", .text, "rank in the post"),
                SourceField("start_date", .date, mandatory: true, "first day"),
                SourceField("end_date", .date, "last day; blank while it lasts"),
            ]
        case .leave:
            [
                SourceField("record_id", .text, "number of the absence"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("kind", .category(CategoryDescription(LeaveKind.self)), mandatory: true, "kind of absence"),
                SourceField("start_date", .date, mandatory: true, "first day away"),
                SourceField("end_date", .date, "last day away; blank while it lasts"),
                SourceField("approved", .flag, mandatory: true, "whether it was approved"),
            ]
        case .training:
            [
                SourceField("record_id", .text, "number of the enrolment"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("course", .text, mandatory: true, "course"),
                SourceField("required", .flag, "whether the post requires the course"),
                SourceField("held_date", .date, mandatory: true, "last day of the course"),
                SourceField("result", .category(CategoryDescription(TrainingResult.self)), "how it ended"),
                SourceField("score", .decimal(decimals: 2), "mark, 0 to 100"),
            ]
        default:
            [
                SourceField("record_id", .text, "number of the posting"),
                SourceField("cadre_id", .text, mandatory: true, "who"),
                SourceField("kind", .category(CategoryDescription(FrontlineKind.self)), mandatory: true, "kind of front-line work"),
                SourceField("unit", .text, "where: unit id or name"),
                SourceField("start_date", .date, mandatory: true, "first day"),
                SourceField("end_date", .date, "last day; blank while it lasts"),
            ]
        }
    }
}
