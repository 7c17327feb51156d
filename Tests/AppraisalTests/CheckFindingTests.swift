import Foundation
import PipelineModel
import Statistics
import Testing

/// What all peer groups of a scheme show of a wrong model becomes a finding of the night.
@Suite struct CheckFindingTests {
    private enum Kind: CaseIterable {
        case right, tails, alone, busy
    }

    /// Cadres on three indicators that share a factor, but for what is wrong on purpose. It takes more of them to know that a correlation is nearly 0.
    private func world(_ kind: Kind) throws -> World {
        var generator = SeededGenerator(seed: 20)
        func events(_ trials: Int, _ share: Double) -> Int { (0..<trials).count { _ in generator.uniform() < share } }
        var world = try World()
        for place in 0..<(kind == .alone ? 1500 : 500) {
            let id = "K\(1000 + place)"
            try world.addCadre(id)
            let factor = generator.normal()
            var standings = (0..<3).map { _ in 0.7 * factor + 0.51.squareRoot() * generator.normal() }
            if kind == .alone { standings[2] = generator.normal() }
            // Every twentieth is three times as far out as the others.
            if kind == .tails { standings[2] *= place % 20 == 0 ? 3 : 0.77 }
            let load = 8 * exp(0.4 * (kind == .busy ? -standings[0] : generator.normal()))
            for month in 2...9 {
                let due = max(1, Int(load.rounded()))
                try world.addFact(id, "tasks.due", "2025-0\(month)", count: due)
                try world.addFact(id, "tasks.overdue", "2025-0\(month)", count: events(due, 1 / (1 + exp(1 + 0.8 * standings[0]))))
                try world.addFact(id, "petitions.substantiated", "2025-0\(month)", count: events(20, 0.05 * exp(-0.6 * standings[1])))
                try world.addFact(
                    id, "ballots.score", "2025-0\(month)", count: 1, values: [Int((8000 + 400 * standings[2] + 300 * generator.normal()).rounded())])
            }
        }
        return world
    }

    @Test(
        "each finding where it belongs, none where the model holds",
        arguments: [
            (0, nil), (1, "TailsNotNormal ballots"), (2, "IndicatorWithoutCompany ballots"), (3, "ExposureFollowsStanding overdue"),
        ] as [(Int, String?)])
    func findings(kind: Int, expected: String?) throws {
        let names: Set<Finding.Check> = ["TailsNotNormal", "IndicatorWithoutCompany", "ExposureFollowsStanding"]
        let found = try world(Kind.allCases[kind]).run().modelFindings.filter { names.contains($0.check) }
        #expect(found.map { "\($0.check) \($0.location.field ?? "")" } == [expected].compactMap { $0 })
        #expect(found.allSatisfy { $0.severity == .warning && $0.message.hasPrefix("county: ") && $0.value?.isEmpty == false })
    }
}
