import Appraisal
import Statistics

/// What can be seen of a wrong model without knowing the truth, per group and indicator, counted over a world.
struct Checks: Hashable, Sendable {
    /// Cells (group and indicator) whose φ is over `dispersionAtLeast`, of the rates.
    var clusteredCells = 0
    var rateCells = 0
    /// Cells whose tails are not normal, by the model's own goodness check.
    var farCells = 0
    var fittedCells = 0
    /// Cells of the fifth indicator in which peers do not differ.
    var silentCells = 0
    var fifthCells = 0
    /// Whether the fifth indicator has a correlation under `companyAtLeast` with every other.
    var isAlone = false
    /// Rates whose exposure goes with the standing: |correlation| within groups over `exposureAtMost`.
    var exposedRates = 0
    var rates = 0

    static let dispersionAtLeast = 1.3
    static let companyAtLeast = 0.1
    static let exposureAtMost = 0.08

    init(_ world: StudyWorld, _ model: PeerModel) {
        let dimension = StudyWorld.dimension
        for place in model.fits.indices {
            let k = place % dimension
            if StudyWorld.indicators[k].isRate {
                rateCells += 1
                clusteredCells += world.dispersion[place] > Checks.dispersionAtLeast ? 1 : 0
            }
            if let goodness = model.fits[place].goodness {
                fittedCells += 1
                farCells += goodness.isFar ? 1 : 0
            }
            if k == dimension - 1 {
                fifthCells += 1
                silentCells += model.fits[place].spread == 0 ? 1 : 0
            }
        }
        isAlone = (0..<dimension - 1).allSatisfy { model.correlation[$0, dimension - 1].magnitude < Checks.companyAtLeast }
        for (k, indicator) in StudyWorld.indicators.enumerated() where indicator.isRate {
            rates += 1
            exposedRates += Checks.exposureCorrelation(k, world, model).magnitude > Checks.exposureAtMost ? 1 : 0
        }
    }

    /// The correlation within groups of exposure and posterior mean. 0 if a post is no busier for who holds it.
    private static func exposureCorrelation(_ k: Int, _ world: StudyWorld, _ model: PeerModel) -> Double {
        let dimension = StudyWorld.dimension
        var pairs: [(group: Int, exposure: Double, standing: Double)] = []
        for person in 0..<world.people {
            guard case .count(_, let exposure) = world.observations[person * dimension + k] else { continue }
            pairs.append((world.group[person], exposure, model.posteriors.marginal(of: person, k).mean))
        }
        var means = [(count: Double, exposure: Double, standing: Double)](repeating: (0, 0, 0), count: world.groups)
        for pair in pairs {
            means[pair.group].count += 1
            means[pair.group].exposure += pair.exposure
            means[pair.group].standing += pair.standing
        }
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for pair in pairs {
            let mean = means[pair.group]
            let (x, y) = (pair.exposure - mean.exposure / mean.count, pair.standing - mean.standing / mean.count)
            xx += x * x
            yy += y * y
            xy += x * y
        }
        return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
    }
}
