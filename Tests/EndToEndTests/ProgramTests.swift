import Foundation
import Testing

/// What every executable promises on its command line.
@Suite struct ProgramTests {
    private static let programs = [
        "cadre-ingest", "cadre-analyze", "cadre-flag", "cadre-track", "cadre-export", "cadre-nightly", "cadre-simulate", "cadre-study",
    ]

    @Test("help has an example", arguments: programs)
    func help(program: String) throws {
        let outcome = try run(program, ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Example"))
        #expect(outcome.output.contains(program + " "))
    }

    @Test("a wrong command line ends with 2 and says what is wrong", arguments: programs)
    func usage(program: String) throws {
        let needed = ["cadre-simulate": ["--cadres", "1", "--seed", "1", "--out", "/nowhere"], "cadre-study": ["--seed", "1"]][program] ?? []
        let outcome = try run(program, needed + ["--no-such-option"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("no-such-option"))
    }

    @Test("a date in the future, or none at all, is wrong usage", arguments: ["2999-01-01", "2025-02-30", "yesterday"])
    func dates(date: String) throws {
        let scratch = try Scratch()
        let outcome = try run("cadre-nightly", [Place.pipeline, "--input", Place.sample, "--output", scratch.output, "--as-of", date])
        #expect(outcome.status == 2)
        #expect(!FileManager.default.fileExists(atPath: scratch.current))
    }

    @Test("a stage without the one before it says which command to run")
    func stageOrder() throws {
        let scratch = try Scratch()
        let outcome = try run("cadre-flag", [Place.pipeline, "--output", scratch.output, "--as-of", Place.sampleDate])
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("cadre-analyze") || outcome.errors.contains("cadre-ingest"))
    }

    @Test("JSON logging is one object a line, and quiet is quiet")
    func logging() throws {
        let scratch = try Scratch()
        let common = [Place.pipeline, "--input", Place.sample, "--output", scratch.output, "--as-of", Place.sampleDate]
        let json = try run("cadre-ingest", common + ["--log-format", "json"])
        #expect(json.status == 0)
        let lines = json.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
        #expect(lines.count > 3)
        for line in lines { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) } }
        let quiet = try run("cadre-ingest", common + ["--quiet"])
        #expect(quiet.output.isEmpty)
        #expect(quiet.errors.isEmpty)
    }
}
