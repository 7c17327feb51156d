import Testing

@testable import Validation

@Suite struct StudyTests {
    private func study(worlds: Int = 2, cadres: Int = 300, threads: Int) throws -> StudyResult {
        try ValidityStudy(worlds: worlds, cadres: cadres, seed: 3, threads: threads).run()
    }

    @Test func threadsChangeNothing() throws {
        let (one, three) = (try study(threads: 1), try study(threads: 3))
        #expect(one.scenarios.map(\.results) == three.scenarios.map(\.results))
        let conditions = Conditions(commandLine: "cadre-study", cores: 2, swift: "6.3", isOptimised: true, seconds: 61)
        let texts = [one, three].map { ValidityDocument($0, conditions: conditions).text.replacing(/\d+ threads/, with: "threads") }
        #expect(texts[0] == texts[1])
    }

    @Test func everyScenarioAndPromiseIsReported() throws {
        let result = try study(worlds: 12, threads: 2)
        #expect(result.scenarios.map(\.scenario) == Scenario.allCases)
        #expect(result.scenarios.map(\.worlds) == Scenario.allCases.map { $0.isRequired ? 12 : 2 })
        #expect(result.scenarios.allSatisfy { $0.promises.map(\.promised) == [0.05, 0.10, 0.20] && $0.naive.count == 3 })
        #expect(result.requirements.count == 9)
        let text = ValidityDocument(
            result, conditions: Conditions(commandLine: "cadre-study --seed 3", cores: 2, swift: "6.3", isOptimised: false, seconds: 0)
        ).text
        for scenario in Scenario.allCases { #expect(text.contains("| \(scenario.title) |")) }
        #expect(text.contains("cadre-study --seed 3") && text.contains("debug build"))
        #expect(result.holds == !text.contains("does not hold in every line"))
        #expect(text.split(separator: "\n").allSatisfy { !$0.contains("nan") && !$0.contains("inf%") })
    }

    @Test(arguments: [(Requirement.Kind.falseShare, 0.12, true), (.falseShare, 0.1201, false), (.recall, 0.13, true), (.recall, 0.1199, false)])
    func requirementsHoldToTheLimit(kind: Requirement.Kind, value: Double, holds: Bool) {
        #expect(Requirement(scenario: .asAssumed, promised: 0.10, kind: kind, value: value, limit: 0.12).holds == holds)
    }

    @Test(arguments: [(1, 5000, 2), (200, 59, 2), (200, 5000, 0)]) func parametersOutsideTheirRangeAreRefused(worlds: Int, cadres: Int, threads: Int) {
        #expect(throws: StudyError.self) { try ValidityStudy(worlds: worlds, cadres: cadres, seed: 1, threads: threads) }
    }

    /// A small copy of the study itself: a city of 5,000 keeps the promise about, and finds about what the oracle finds.
    @Test func theModelKeepsUpWithTheOracle() throws {
        let results = try (0..<3).map { try WorldResult(scenario: .asAssumed, cadres: 5000, seed: 9, world: $0) }
        let summary = ScenarioSummary(.asAssumed, results)
        #expect(summary.promises[2].model.pooledFalseShare < 0.28)
        #expect(summary.promises[2].recallRatio.mean > 0.9)
        #expect(summary.naive[1].pooledFalseShare > 0.4)
        #expect(results.allSatisfy { $0.isConverged })
    }

    @Test func estimatesCarryTheirError() {
        let estimate = Estimate([1, 2, 3, 4])
        #expect(estimate.mean == 2.5)
        #expect(abs(estimate.standardError - (5.0 / 3 / 4).squareRoot()) < 1e-15)
        #expect(Estimate([]).mean == 0 && Estimate([7]).standardError == 0)
    }

    @Test(arguments: [(-0.0, "0.0"), (-0.04, "0.0"), (-0.06, "-0.1"), (12.345, "12.3")]) func numbersHaveNoMinusZero(value: Double, text: String) {
        #expect(number(value, digits: 1) == text)
    }
}
