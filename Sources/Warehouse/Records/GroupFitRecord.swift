/// How peers of one group differ on one indicator: the hyper-parameters of the model.
public struct GroupFitRecord: Record, Hashable {
    public static let table = "group_fits"
    public static let columns = [
        "window", "group_id", "indicator", "people", "location", "spread", "own_spread", "dispersion", "convergence", "goodness",
    ]
    public static let order = "window, group_id, indicator"

    /// Current or previous.
    public var window: AppraisalWindow
    /// The peer group.
    public var groupID: String
    /// Which.
    public var indicator: String
    /// Members with an observation.
    public var people: Int
    /// μ on the link scale; none where it could not be fitted.
    public var location: Double?
    /// σ on the link scale; 0: no evidence that peers differ.
    public var spread: Double?
    /// σ from the group alone, before it was pooled with those of the other groups.
    public var ownSpread: Double?
    /// φ: how much more counts jump from month to month than chance allows; at least 1.
    public var dispersion: Double
    /// Whether and how the fit ended.
    public var convergence: FitConvergence
    /// Goodness of fit: the fourth moment of the standings over that of a normal distribution; near 1 where it fits, over 1 where tails are heavier.
    public var goodness: Double?

    /// A row with these values.
    public init(
        window: AppraisalWindow, groupID: String, indicator: String, people: Int, location: Double?, spread: Double?, ownSpread: Double?, dispersion: Double,
        convergence: FitConvergence, goodness: Double?
    ) {
        self.window = window
        self.groupID = groupID
        self.indicator = indicator
        self.people = people
        self.location = location
        self.spread = spread
        self.ownSpread = ownSpread
        self.dispersion = dispersion
        self.convergence = convergence
        self.goodness = goodness
    }

    public func write(to row: inout RowWriter) {
        row.code(window)
        row.text(groupID)
        row.text(indicator)
        row.integer(people)
        row.real(location)
        row.real(spread)
        row.real(ownSpread)
        row.real(dispersion)
        row.code(convergence)
        row.real(goodness)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        window = try row.code(AppraisalWindow.self)
        groupID = try row.text()
        indicator = try row.text()
        people = try row.integer()
        location = try row.optionalReal()
        spread = try row.optionalReal()
        ownSpread = try row.optionalReal()
        dispersion = try row.real()
        convergence = try row.code(FitConvergence.self)
        goodness = try row.optionalReal()
    }
}
