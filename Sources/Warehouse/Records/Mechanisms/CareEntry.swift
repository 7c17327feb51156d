public import PipelineModel

/// Why somebody is on the care list.
public enum CareReason: String, Category {
    case hardshipService, unusedLeave, sustainedOverload

    public var chinese: String {
        switch self {
        case .hardshipService: "长期在艰苦岗位"
        case .unusedLeave: "年休假未休足"
        case .sustainedOverload: "持续超负荷"
        }
    }
}

/// A reason to care for a cadre.
public struct CareEntry: Record, Hashable {
    public static let table = "care_list"
    public static let columns = ["cadre_id", "reason", "value", "threshold", "since", "detail_zh", "detail_en", "citation_zh", "citation_en"]
    public static let order = "cadre_id, reason"

    /// Who.
    public var cadreID: String
    /// Why.
    public var reason: CareReason
    /// Years in hardship posts, days of leave not taken, or months of overload running.
    public var value: Double
    /// The value from which the list names somebody.
    public var limit: Double
    /// First day in the present hardship post, of the year of the leave, or of the months of overload.
    public var since: CalendarDate?
    /// In words.
    public var detailChinese: String
    /// The same.
    public var detailEnglish: String
    /// The provision.
    public var citationChinese: String
    /// The same.
    public var citationEnglish: String

    /// A row with these values.
    public init(
        cadreID: String, reason: CareReason, value: Double, limit: Double, since: CalendarDate?, detailChinese: String, detailEnglish: String,
        citationChinese: String, citationEnglish: String
    ) {
        self.cadreID = cadreID
        self.reason = reason
        self.value = value
        self.limit = limit
        self.since = since
        self.detailChinese = detailChinese
        self.detailEnglish = detailEnglish
        self.citationChinese = citationChinese
        self.citationEnglish = citationEnglish
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.code(reason)
        row.real(value)
        row.real(limit)
        row.date(since)
        row.text(detailChinese)
        row.text(detailEnglish)
        row.text(citationChinese)
        row.text(citationEnglish)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        reason = try row.code(CareReason.self)
        value = try row.real()
        limit = try row.real()
        since = try row.optionalDate()
        detailChinese = try row.text()
        detailEnglish = try row.text()
        citationChinese = try row.text()
        citationEnglish = try row.text()
    }
}
