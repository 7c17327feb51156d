/// What an export is about. Each role has fixed fields; a contract maps an export's columns to them.
public enum SourceRole: String, CaseIterable, Sendable {
    case roster, units, posts, appraisals, tasks, ballots, petitions
    case mediaInquiries = "media_inquiries"
    case training
    case frontlinePostings = "frontline_postings"
    case awards, discipline, warnings, leave
    case faultTolerance = "fault_tolerance"
    case riskFilings = "risk_filings"
    case clarifications, reviews

    /// What a row of the role is, in one line.
    public var meaning: String {
        switch self {
        case .roster: "one cadre"
        case .units: "one unit"
        case .posts: "one post tenure (任职经历): a cadre in a post in a unit, from one date to another"
        case .appraisals: "one appraisal of one cadre: annual, regular, special or close-up"
        case .tasks: "one key task (重点任务) with its deadline"
        case .ballots: "one ballot of the double evaluation (万人双评议)"
        case .petitions: "one petition (信访); never anything of the petitioner"
        case .mediaInquiries: "one problem aired on television (媒体问政)"
        case .training: "one course of one cadre"
        case .frontlinePostings: "one posting to front-line work"
        case .awards: "one award"
        case .discipline: "one disciplinary decision"
        case .warnings: "one graded warning: reminder, criticism, inquiry letter or admonition"
        case .leave: "one absence"
        case .faultTolerance: "one fault-tolerance case (容错) about one event"
        case .riskFilings: "one reform risk filed beforehand (风险报备)"
        case .clarifications: "one clearing of a wrongly accused cadre (澄清)"
        case .reviews: "one decision of a reviewer on an earlier flag"
        }
    }

    /// The role's fields, in the order of its warehouse table.
    public var fields: [SourceField] { SourceRole.fieldsByRole[ordinal] }

    /// Made once: rows ask for them all the time.
    private static let fieldsByRole = allCases.map(\.declaredFields)

    /// The place among all roles. A dictionary by role would make a text of the role and hash it, for every field of millions of rows.
    private var ordinal: Int {
        switch self {
        case .roster: 0
        case .units: 1
        case .posts: 2
        case .appraisals: 3
        case .tasks: 4
        case .ballots: 5
        case .petitions: 6
        case .mediaInquiries: 7
        case .training: 8
        case .frontlinePostings: 9
        case .awards: 10
        case .discipline: 11
        case .warnings: 12
        case .leave: 13
        case .faultTolerance: 14
        case .riskFilings: 15
        case .clarifications: 16
        case .reviews: 17
        }
    }

    /// By the place, not by the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(ordinal) }

    private var declaredFields: [SourceField] {
        switch self {
        case .roster, .units, .posts, .leave, .training, .frontlinePostings: personnelFields
        case .appraisals, .tasks, .ballots, .awards: performanceFields
        case .petitions, .mediaInquiries, .discipline, .warnings: accountabilityFields
        case .faultTolerance, .riskFilings, .clarifications, .reviews: protectionFields
        }
    }

    /// The place of a field among the role's fields; `nil` where the role has no such field.
    ///
    /// So few short names are compared sooner than one is hashed.
    public func index(of field: String) -> Int? { SourceRole.namesByRole[ordinal].firstIndex(of: field) }

    private static let namesByRole = allCases.map { $0.fields.map(\.name) }

    /// The field that names the row in its own system, and that evidence shows as `record_id`.
    public var recordField: String? {
        switch self {
        case .roster: "cadre_id"
        case .units: "unit_id"
        case .faultTolerance, .clarifications: "case_id"
        case .riskFilings: "filing_id"
        case .reviews: "flag_id"
        default: fields.contains { $0.name == "record_id" } ? "record_id" : nil
        }
    }

    /// The field that says when the row's event happened: it decides who held the post, and a row without it counts for nothing.
    ///
    /// `nil` where a row is no event (the roster, units), or lasts (posts, leave).
    public var eventDateField: String? {
        switch self {
        case .appraisals, .ballots, .awards, .discipline, .warnings: "date"
        case .tasks: "due_date"
        case .petitions: "received"
        case .mediaInquiries: "aired_date"
        case .training: "held_date"
        case .clarifications: "decided_date"
        case .riskFilings: "filed_date"
        case .roster, .units, .posts, .leave, .frontlinePostings, .faultTolerance, .reviews: nil
        }
    }
}
