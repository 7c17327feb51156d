/// Ratings of a stretch of targets in the order of targets and, of each, of raters; more of one rater as they came.
public struct RatingOrder {
    /// A rating, by where it stands.
    public struct Place {
        /// What it is of; at least 0.
        public let target: Int32
        /// Who gave it; at least 0.
        public let rater: Int32
        /// Whatever finds it again.
        public let place: Int32
    }

    /// The ratings.
    public private(set) var places: [Place] = []
    private var sorting = DigitSort<Place>()
    /// The largest target, and the largest rater.
    private var last: (target: Int32, rater: Int32) = (0, 0)

    /// No ratings.
    ///
    /// - Parameter count: How many there will be at most.
    public init(reserving count: Int) { places.reserveCapacity(count) }

    /// Adds one.
    ///
    /// - Precondition: All are at least 0 and fit into 32 bits.
    @inline(__always)
    public mutating func add(target: Int, rater: Int32, place: Int) {
        let added = Place(target: Int32(target), rater: rater, place: Int32(place))
        precondition(added.target >= 0 && added.rater >= 0, "a target or a rater is none")
        last = (max(last.target, added.target), max(last.rater, added.rater))
        places.append(added)
    }

    /// Brings them in their order.
    public mutating func sort() {
        sorting.sort(&places, below: Int(last.rater) + 1) { Int($0.rater) }
        sorting.sort(&places, below: Int(last.target) + 1) { Int($0.target) }
    }
}
