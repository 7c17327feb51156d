public import PipelineModel

/// A cadre who may be judged, in which post and against whom.
public struct PeerMember: Record, Hashable {
    public static let table = "peer_members"
    public static let columns = [
        "cadre_id", "group_id", "kind", "unit_id", "post", "post_type", "rank", "rank_band", "post_start", "exposure_months", "is_observed",
    ]
    public static let order = "cadre_id"

    /// Who.
    public var cadreID: String
    /// Against whom.
    public var groupID: String
    /// Of the unit.
    public var kind: KindOfBody
    /// The unit of the present post.
    public var unitID: String
    /// Title.
    public var post: String?
    /// Type.
    public var postType: String?
    /// As the HR system writes it.
    public var rank: String?
    /// Of the scheme.
    public var rankBand: String
    /// First day in the present post.
    public var postStart: CalendarDate
    /// Months in the present post within the window, less long leave.
    public var exposureMonths: Double
    /// Whether any indicator says anything of them; whoever it does not is not judged.
    public var isObserved: Bool

    /// A row with these values.
    public init(
        cadreID: String, groupID: String, kind: KindOfBody, unitID: String, post: String?, postType: String?, rank: String?, rankBand: String,
        postStart: CalendarDate, exposureMonths: Double, isObserved: Bool = true
    ) {
        self.cadreID = cadreID
        self.groupID = groupID
        self.kind = kind
        self.unitID = unitID
        self.post = post
        self.postType = postType
        self.rank = rank
        self.rankBand = rankBand
        self.postStart = postStart
        self.exposureMonths = exposureMonths
        self.isObserved = isObserved
    }

    public func write(to row: inout RowWriter) {
        row.text(cadreID)
        row.text(groupID)
        row.code(kind)
        row.text(unitID)
        row.text(post)
        row.text(postType)
        row.text(rank)
        row.text(rankBand)
        row.date(postStart)
        row.real(exposureMonths)
        row.flag(isObserved)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        cadreID = try row.text()
        groupID = try row.text()
        kind = try row.code(KindOfBody.self)
        unitID = try row.text()
        post = try row.optionalText()
        postType = try row.optionalText()
        rank = try row.optionalText()
        rankBand = try row.text()
        postStart = try row.date()
        exposureMonths = try row.real()
        isObserved = try row.flag()
    }
}
