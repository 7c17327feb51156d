public import PipelineModel

/// Where a unit lies in a funnel. Outside a limit is a reason to look, and says nothing of why.
public enum FunnelPlace: String, Category {
    case within, below95, above95, below998, above998

    public var chinese: String {
        switch self {
        case .within: "界内"
        case .below95: "低于95%界"
        case .above95: "高于95%界"
        case .below998: "低于99.8%界"
        case .above998: "高于99.8%界"
        }
    }
}

/// A unit in a funnel: what was expected of it, between which limits units of its size lie, and where it lies itself. Six columns of a wider table.
public struct FunnelReading: Hashable, Sendable {
    /// The names of its columns, each after `prefix` and an underscore.
    public static func columns(_ prefix: String) -> [String] {
        ["expected", "lower95", "upper95", "lower998", "upper998", "place"].map { "\(prefix)_\($0)" }
    }

    /// The share of all units together, or 1 for a ratio.
    public var expected: Double?
    /// Limits at 95%.
    public var lower95: Double?
    public var upper95: Double?
    /// Limits at 99.8%.
    public var lower998: Double?
    public var upper998: Double?
    /// Where the unit lies; `nil`, as everything else, where there was nothing to measure.
    public var place: FunnelPlace?

    /// Nothing to measure.
    public init() {}

    /// A reading with these values.
    public init(expected: Double?, lower95: Double?, upper95: Double?, lower998: Double?, upper998: Double?, place: FunnelPlace?) {
        self.expected = expected
        self.lower95 = lower95
        self.upper95 = upper95
        self.lower998 = lower998
        self.upper998 = upper998
        self.place = place
    }

    func write(to row: inout RowWriter) {
        for number in [expected, lower95, upper95, lower998, upper998] { row.real(number) }
        row.code(place)
    }

    init(from row: inout RowReader) throws(WarehouseError) {
        expected = try row.optionalReal()
        lower95 = try row.optionalReal()
        upper95 = try row.optionalReal()
        lower998 = try row.optionalReal()
        upper998 = try row.optionalReal()
        place = try row.optionalCode(FunnelPlace.self)
    }
}
