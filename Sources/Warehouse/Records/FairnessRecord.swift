/// How flags fall on one group of people.
public struct FairnessRecord: Record, Hashable {
    public static let table = "fairness"
    public static let columns = [
        "attribute", "group_value", "judged", "flagged", "share", "lower", "upper", "ratio", "ratio_lower", "ratio_upper", "overturned", "reviewed",
        "remark",
    ]
    public static let order = "attribute, group_value"

    /// A code of `FairnessAttribute`: sex, age_band, ethnic_group, kind.
    public var attribute: String
    /// Which group.
    public var value: String
    /// People judged.
    public var judged: Int
    /// People flagged.
    public var flagged: Int
    /// flagged / judged.
    public var share: Double?
    /// Lower Wilson limit, 95%.
    public var lower: Double?
    /// Upper Wilson limit, 95%.
    public var upper: Double?
    /// Share over that of the largest group.
    public var ratio: Double?
    /// Lower limit, 95%.
    public var ratioLower: Double?
    /// Upper limit, 95%.
    public var ratioUpper: Double?
    /// Flags of the group that reviews overturned.
    public var overturned: Int
    /// Flags of the group that reviewers decided on: confirmed or overturned.
    public var reviewed: Int
    /// A code of `FairnessRemark`: tooFewPeople, where it is too few to say.
    public var remark: String

    /// A row with these values.
    public init(
        attribute: String, value: String, judged: Int, flagged: Int, share: Double?, lower: Double?, upper: Double?, ratio: Double?,
        ratioLower: Double?, ratioUpper: Double?, overturned: Int, reviewed: Int, remark: String
    ) {
        self.attribute = attribute
        self.value = value
        self.judged = judged
        self.flagged = flagged
        self.share = share
        self.lower = lower
        self.upper = upper
        self.ratio = ratio
        self.ratioLower = ratioLower
        self.ratioUpper = ratioUpper
        self.overturned = overturned
        self.reviewed = reviewed
        self.remark = remark
    }

    public func write(to row: inout RowWriter) {
        row.text(attribute)
        row.text(value)
        row.integer(judged)
        row.integer(flagged)
        row.real(share)
        row.real(lower)
        row.real(upper)
        row.real(ratio)
        row.real(ratioLower)
        row.real(ratioUpper)
        row.integer(overturned)
        row.integer(reviewed)
        row.text(remark)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        attribute = try row.text()
        value = try row.text()
        judged = try row.integer()
        flagged = try row.integer()
        share = try row.optionalReal()
        lower = try row.optionalReal()
        upper = try row.optionalReal()
        ratio = try row.optionalReal()
        ratioLower = try row.optionalReal()
        ratioUpper = try row.optionalReal()
        overturned = try row.integer()
        reviewed = try row.integer()
        remark = try row.text()
    }
}
