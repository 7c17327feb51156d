import Statistics

/// A city whose truth is known: standings, observations, and the parameters behind them. Arrays are person-major, and group-major for parameters.
struct StudyWorld: Sendable {
    let scenario: Scenario
    /// N: each person's group, 0..<groups.
    let group: [Int]
    let groups: Int
    /// N × K: θ, standard deviations among peers.
    let standings: [Double]
    /// N × K.
    let observations: [Observation?]
    /// groups × K: φ as the months show it.
    let dispersion: [Double]
    let truth: Truth

    /// What the oracle knows.
    struct Truth: Sendable {
        /// groups × K: μ.
        var location: [Double]
        /// groups × K: σ; 0 for an indicator that says nothing about the standing.
        var spread: [Double]
        /// K: φ.
        var dispersion: [Double]
        /// R, K × K.
        var correlation: SquareMatrix
        /// wᵀθ under which a fair observer is concerned.
        var line: Double
    }

    static var indicators: [StudyIndicator] { StudyIndicator.all }
    static var dimension: Int { StudyIndicator.all.count }

    var people: Int { group.count }

    /// The true composite of a person, wᵀθ.
    func composite(of person: Int) -> Double {
        var sum = 0.0
        for (k, indicator) in Self.indicators.enumerated() { sum += indicator.weight * standings[person * Self.dimension + k] }
        return sum
    }

    /// N: whether a fair observer who knew everything would be concerned.
    var isOfConcern: [Bool] {
        (0..<people).map { composite(of: $0) < truth.line }
    }
}
