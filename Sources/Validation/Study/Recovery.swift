import Appraisal
import Statistics

/// How near a world's estimates came to its truth.
struct Recovery: Hashable, Sendable {
    /// Errors of one kind of estimate.
    struct Errors: Hashable, Sendable {
        var count = 0.0
        var sum = 0.0
        var squares = 0.0

        mutating func add(_ error: Double) {
            count += 1
            sum += error
            squares += error * error
        }

        mutating func merge(_ other: Errors) {
            count += other.count
            sum += other.sum
            squares += other.squares
        }

        var bias: Double { count > 0 ? sum / count : 0 }
        var rootMeanSquare: Double { count > 0 ? (squares / count).squareRoot() : 0 }
    }

    /// K: estimated less true, over groups.
    var location = [Errors](repeating: Errors(), count: StudyWorld.dimension)
    var spread = [Errors](repeating: Errors(), count: StudyWorld.dimension)
    /// Over pairs of indicators.
    var correlation = Errors()
    var line = Errors()
    /// K: people whose 90% interval holds their true standing.
    var covered = [Int](repeating: 0, count: StudyWorld.dimension)
    var coveredComposites = 0
    var people = 0

    init(_ world: StudyWorld, _ model: PeerModel) {
        let dimension = StudyWorld.dimension
        for place in model.fits.indices {
            guard let mu = model.fits[place].location, let sigma = model.fits[place].spread else { continue }
            location[place % dimension].add(mu - world.truth.location[place])
            spread[place % dimension].add(sigma - world.truth.spread[place])
        }
        for row in 0..<dimension {
            for column in 0..<row { correlation.add(model.correlation[row, column] - world.truth.correlation[row, column]) }
        }
        line.add(model.line - world.truth.line)
        people = world.people
        for person in 0..<people {
            for k in 0..<dimension where Self.holds(model.posteriors.marginal(of: person, k), world.standings[person * dimension + k]) {
                covered[k] += 1
            }
            if Self.holds(model.composites[person], world.composite(of: person)) { coveredComposites += 1 }
        }
    }

    private static func holds(_ posterior: NormalDistribution, _ truth: Double) -> Bool {
        guard let interval = posterior.interval(level: 0.90) else { return false }
        return interval.lower <= truth && truth <= interval.upper
    }
}
