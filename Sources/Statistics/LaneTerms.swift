/// The likelihood terms of units, four side by side, with what does not change from step to step computed once.
///
/// With f = exp(η) for counts and 1 / (1 + exp(−η)) for shares, η = location + slope · θ, the gradient of a term is linear − quadratic · θ − scale · f(η).
/// Means have no f, counts and shares no quadratic part; a missing term, and a unit that fills up the last four, is all zeros.
struct LaneTerms {
    /// K.
    let dimension: Int
    /// How many fours.
    let count: Int
    /// count × K.
    fileprivate var terms: [Term] = []
    /// count × K: which of the four are counts (the lower four bits) and which are shares (the upper).
    fileprivate var families: [UInt8] = []

    struct Term {
        var linear = Lanes()
        var quadratic = Lanes()
        var scale = Lanes()
        var location = Lanes()
        var slope = Lanes()
    }

    /// The units at some places, in this order.
    init(_ units: UnitTerms, places: some RandomAccessCollection<Int>) {
        dimension = units.dimension
        count = (places.count + Lanes.scalarCount - 1) / Lanes.scalarCount
        terms = [Term](repeating: Term(), count: count * dimension)
        families = [UInt8](repeating: 0, count: count * dimension)
        for (offset, unit) in places.enumerated() {
            let (four, lane) = offset.quotientAndRemainder(dividingBy: Lanes.scalarCount)
            for index in 0..<dimension { set(four * dimension + index, lane, to: units.terms[unit * dimension + index]) }
        }
    }

    private mutating func set(_ place: Int, _ lane: Int, to term: LikelihoodTerm) {
        guard term.weight > 0 else { return }
        let force = term.slope * term.weight
        switch term.family {
        case .mean:
            terms[place].linear[lane] = force * term.size * (term.value - term.location)
            terms[place].quadratic[lane] = term.slope * force * term.size
        case .count, .share:
            terms[place].linear[lane] = force * term.value
            terms[place].scale[lane] = force * term.size
            terms[place].location[lane] = term.location
            terms[place].slope[lane] = term.slope
            families[place] |= (term.family == .count ? 0x01 : 0x10) << UInt8(lane)
        }
    }

    /// Lends the memory to a loop over many.
    func withPointers<Result>(_ body: (Pointers) throws(StatisticsError) -> Result) throws(StatisticsError) -> Result {
        try terms.withUnsafeBufferPointer { (terms) throws(StatisticsError) in
            try families.withUnsafeBufferPointer { (families) throws(StatisticsError) in
                try body(Pointers(terms: terms, families: families, dimension: dimension))
            }
        }
    }

    /// Memory of `LaneTerms`.
    struct Pointers {
        fileprivate let terms: UnsafeBufferPointer<Term>
        fileprivate let families: UnsafeBufferPointer<UInt8>
        fileprivate let dimension: Int

        /// Four units.
        @inline(__always)
        subscript(four: Int) -> LaneUnits {
            LaneUnits(terms: terms.baseAddress! + four * dimension, families: families.baseAddress! + four * dimension)
        }
    }
}

/// The K terms of four units.
struct LaneUnits {
    fileprivate let terms: UnsafePointer<LaneTerms.Term>
    fileprivate let families: UnsafePointer<UInt8>

    /// Derivatives of the log-likelihood in θ: the first, and minus the second and third.
    struct Expansion {
        var gradient: Lanes
        var curvature: Lanes
        var skewness = Lanes()
    }

    /// How much η changes with θ; 0 for means, which follow no curve.
    @inline(__always)
    func slope(_ index: Int) -> Lanes { terms[index].slope }

    /// The expansion of one of the K terms.
    @inline(__always)
    func expansion(_ index: Int, at theta: Lanes) -> Expansion {
        let term = terms[index]
        let family = families[index]
        var result = Expansion(gradient: term.linear - term.quadratic * theta, curvature: term.quadratic)
        guard family != 0 else { return result }
        let eta = term.location + term.slope * theta
        if family & 0xF0 == 0 {
            add(Curve(countsAt: eta), term, to: &result)
        } else if family & 0x0F == 0 {
            add(Curve(sharesAt: eta), term, to: &result)
        } else {
            var curve = Curve(countsAt: eta)
            let shares = Curve(sharesAt: eta)
            for lane in 0..<Lanes.scalarCount where family & (0x10 << UInt8(lane)) != 0 { curve.take(lane, of: shares) }
            add(curve, term, to: &result)
        }
        return result
    }

    @inline(__always)
    private func add(_ curve: Curve, _ term: LaneTerms.Term, to result: inout Expansion) {
        let bend = term.scale * term.slope * curve.first
        result.gradient -= term.scale * curve.value
        result.curvature += bend
        result.skewness = term.slope * bend * curve.second
    }

    /// f(η), its derivative, and by how much the second derivative is larger than the first.
    private struct Curve {
        var value: Lanes
        var first: Lanes
        var second: Lanes

        @inline(__always)
        init(countsAt eta: Lanes) {
            value = eta.exponential
            (first, second) = (value, Lanes(repeating: 1))
        }

        @inline(__always)
        init(sharesAt eta: Lanes) {
            // With e = exp(−|η|) ≤ 1 nothing overflows, and 1 − p is formed without a subtraction.
            let isNegative = eta .< 0
            let e = eta.replacing(with: -eta, where: eta .> 0).exponential
            let large = 1 / (1 + e)
            let small = e * large
            value = large.replacing(with: small, where: isNegative)
            first = small * large
            let lean = large - small
            second = (-lean).replacing(with: lean, where: isNegative)
        }

        @inline(__always)
        mutating func take(_ lane: Int, of other: Curve) {
            value[lane] = other.value[lane]
            first[lane] = other.first[lane]
            second[lane] = other.second[lane]
        }
    }
}
