public import PipelineModel

/// Where the fitness check after a confirmed disposition stands.
public enum FollowupState: String, Category {
    case noCheck, notYetDue, due, overdue, done

    public var chinese: String {
        switch self {
        case .noCheck: "无须考核"
        case .notYetDue: "未到期"
        case .due: "应考核"
        case .overdue: "逾期未考核"
        case .done: "已考核"
        }
    }
}

/// A disposition that a reviewer has confirmed, and the fitness check that is due after it.
public struct DispositionFollowup: Record, Hashable {
    public static let table = "dispositions_followup"
    public static let columns = [
        "flag_id", "cadre_id", "cause", "disposition", "confirmed_date", "check_from", "check_to", "state", "check_date", "check_result",
        "citation_zh", "citation_en",
    ]
    public static let order = "confirmed_date, flag_id"

    /// The flag.
    public var flagID: String
    /// Who.
    public var cadreID: String
    /// Rule or model.
    public var cause: String
    /// As the flag proposed it when it was confirmed.
    public var disposition: Disposition
    /// Day of the decision.
    public var confirmed: CalendarDate
    /// First day of the fitness check; `nil` where none is asked for.
    public var checkFrom: CalendarDate?
    /// Last day of it.
    public var checkTo: CalendarDate?
    /// Where it stands tonight.
    public var state: FollowupState
    /// Day on which it was made.
    public var checked: CalendarDate?
    /// What it found.
    public var result: FitnessResult?
    /// The provision that asks for the check.
    public var citationChinese: String?
    /// The same.
    public var citationEnglish: String?

    /// A row with these values.
    public init(
        flagID: String, cadreID: String, cause: String, disposition: Disposition, confirmed: CalendarDate, checkFrom: CalendarDate?,
        checkTo: CalendarDate?, state: FollowupState, checked: CalendarDate?, result: FitnessResult?, citationChinese: String?,
        citationEnglish: String?
    ) {
        self.flagID = flagID
        self.cadreID = cadreID
        self.cause = cause
        self.disposition = disposition
        self.confirmed = confirmed
        self.checkFrom = checkFrom
        self.checkTo = checkTo
        self.state = state
        self.checked = checked
        self.result = result
        self.citationChinese = citationChinese
        self.citationEnglish = citationEnglish
    }

    public func write(to row: inout RowWriter) {
        row.text(flagID)
        row.text(cadreID)
        row.text(cause)
        row.code(disposition)
        row.date(confirmed)
        row.date(checkFrom)
        row.date(checkTo)
        row.code(state)
        row.date(checked)
        row.code(result)
        row.text(citationChinese)
        row.text(citationEnglish)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        flagID = try row.text()
        cadreID = try row.text()
        cause = try row.text()
        disposition = try row.code(Disposition.self)
        confirmed = try row.date()
        checkFrom = try row.optionalDate()
        checkTo = try row.optionalDate()
        state = try row.code(FollowupState.self)
        checked = try row.optionalDate()
        result = try row.optionalCode(FitnessResult.self)
        citationChinese = try row.optionalText()
        citationEnglish = try row.optionalText()
    }
}
