public import PipelineModel

/// People in comparable posts.
public struct PeerGroupRecord: Record, Hashable {
    public static let table = "peer_groups"
    public static let columns = [
        "group_id", "kind", "grouping", "rank_band", "post_type", "size", "finest_groups", "merged_from",
    ]
    public static let order = "group_id"

    /// `county/section/executive`.
    public var groupID: String
    /// The scheme.
    public var kind: KindOfBody
    /// What its members have in common.
    public var grouping: PeerGrouping
    /// Where all share one.
    public var rankBand: String?
    /// Where all share one.
    public var postType: String?
    /// Members.
    public var size: Int
    /// Groups of the finest grouping that it holds.
    public var finestGroups: Int
    /// Their names and sizes, where it holds more than one.
    public var mergedFrom: String

    /// A row with these values.
    public init(
        groupID: String, kind: KindOfBody, grouping: PeerGrouping, rankBand: String?, postType: String?, size: Int, finestGroups: Int,
        mergedFrom: String
    ) {
        self.groupID = groupID
        self.kind = kind
        self.grouping = grouping
        self.rankBand = rankBand
        self.postType = postType
        self.size = size
        self.finestGroups = finestGroups
        self.mergedFrom = mergedFrom
    }

    public func write(to row: inout RowWriter) {
        row.text(groupID)
        row.code(kind)
        row.code(grouping)
        row.text(rankBand)
        row.text(postType)
        row.integer(size)
        row.integer(finestGroups)
        row.text(mergedFrom)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        groupID = try row.text()
        kind = try row.code(KindOfBody.self)
        grouping = try row.code(PeerGrouping.self)
        rankBand = try row.optionalText()
        postType = try row.optionalText()
        size = try row.integer()
        finestGroups = try row.integer()
        mergedFrom = try row.text()
    }
}
