import Dispatch
public import Statistics
import Synchronization

/// The validity study: many seeded worlds of every scenario, flagged by the model of the pipeline, by an oracle and by naive rules, against the truth.
public struct ValidityStudy: Sendable {
    /// Worlds of each scenario whose promise must hold.
    public let worlds: Int
    /// People of each world, about.
    public let cadres: Int
    public let seed: UInt64
    /// Changes the time, and no digit of the answer.
    public let threads: Int

    /// - Throws: `StudyError.invalidParameter`: at least 2 worlds, 60 to 1,000,000 cadres, at least 1 thread.
    public init(worlds: Int, cadres: Int, seed: UInt64, threads: Int) throws(StudyError) {
        guard (2...100_000).contains(worlds) else { throw .invalidParameter("--worlds \(worlds) is not within 2 to 100000") }
        guard (60...1_000_000).contains(cadres) else { throw .invalidParameter("--cadres \(cadres) is not within 60 to 1000000") }
        guard (1...1024).contains(threads) else { throw .invalidParameter("--threads \(threads) is not within 1 to 1024") }
        self.worlds = worlds
        self.cadres = cadres
        self.seed = seed
        self.threads = threads
    }

    /// Worlds of a scenario: all of them where the promise must hold, a fifth elsewhere.
    func worlds(of scenario: Scenario) -> Int {
        scenario.isRequired ? worlds : max(2, worlds / 5)
    }

    /// Runs all worlds; results do not depend on the number of threads. A world that the model could not compute is counted as such.
    public func run() -> StudyResult {
        let jobs = Scenario.allCases.flatMap { scenario in (0..<worlds(of: scenario)).map { (scenario: scenario, world: $0) } }
        let next = Atomic(0)
        let results = Mutex([Result<WorldResult, StatisticsError>?](repeating: nil, count: jobs.count))
        DispatchQueue.concurrentPerform(iterations: min(threads, jobs.count)) { _ in
            while true {
                let job = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard job < jobs.count else { return }
                let result = Result { () throws(StatisticsError) in
                    try WorldResult(scenario: jobs[job].scenario, cadres: cadres, seed: seed, world: jobs[job].world)
                }
                results.withLock { $0[job] = result }
            }
        }
        var byScenario: [Scenario: [WorldResult]] = [:]
        var failures: [Scenario: [FailedWorld]] = [:]
        for (job, result) in zip(jobs, results.withLock { $0 }) {
            switch result {
            case .success(let result): byScenario[job.scenario, default: []].append(result)
            case .failure(let error): failures[job.scenario, default: []].append(FailedWorld(number: job.world, error: error))
            case nil: continue
            }
        }
        return StudyResult(study: self, scenarios: Scenario.allCases.map { ScenarioSummary($0, byScenario[$0] ?? [], failures: failures[$0] ?? []) })
    }
}

/// A world that the model could not compute.
public struct FailedWorld: Hashable, Sendable {
    /// Its number, from 0.
    public let number: Int
    public let error: StatisticsError
}

/// Why there is no study.
public enum StudyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A parameter outside its range; the text says which.
    case invalidParameter(String)

    public var description: String {
        switch self {
        case .invalidParameter(let reason): reason
        }
    }
}
