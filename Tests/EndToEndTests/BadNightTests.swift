import Foundation
import Testing

/// Nights that cannot go on: each ends with its status and a finding, and leaves last night's output as it was.
@Suite struct BadNightTests {
    /// A good night first, so that there is something to leave untouched.
    private struct Nights {
        let scratch: Scratch
        let input: String
        let before: [String: Data]

        init() throws {
            scratch = try Scratch()
            input = try scratch.copyOfSample()
            #expect(try Nights.night(scratch, input).status == 0)
            before = try contents(of: scratch.current)
        }

        static func night(_ scratch: Scratch, _ input: String, pipeline: String = Place.pipeline, _ more: [String] = []) throws -> Outcome {
            try run("cadre-nightly", [pipeline, "--input", input, "--output", scratch.output, "--as-of", Place.sampleDate] + more)
        }

        func again(pipeline: String = Place.pipeline) throws -> Outcome { try Nights.night(scratch, input, pipeline: pipeline) }

        func stands() throws -> Bool { try contents(of: scratch.current) == before }
    }

    struct Spoiled: Sendable, CustomTestStringConvertible {
        let name: String
        let status: Int32
        let check: String
        let spoil: @Sendable (_ input: String) throws -> Void
        var testDescription: String { name }
    }

    static let spoiled: [Spoiled] = [
        Spoiled(name: "empty file", status: 65, check: "EmptyFile") { try write("", to: $0 + "/roster.csv") },
        Spoiled(name: "header only", status: 65, check: "TooFewRows") { input in
            let header = try #require(try Data(contentsOf: URL(fileURLWithPath: input + "/roster.csv")).split(separator: 0x0A).first)
            try write(Data(header) + Data([0x0A]), to: input + "/roster.csv")
        },
        Spoiled(name: "missing file", status: 66, check: "MissingFile") { try FileManager.default.removeItem(atPath: $0 + "/roster.csv") },
        Spoiled(name: "folder in its place", status: 66, check: "UnreadableFile") { input in
            try FileManager.default.removeItem(atPath: input + "/roster.csv")
            try FileManager.default.createDirectory(atPath: input + "/roster.csv", withIntermediateDirectories: false)
        },
        Spoiled(name: "truncated in mid-row", status: 65, check: "TruncatedFile") { input in
            let data = try Data(contentsOf: URL(fileURLWithPath: input + "/tasks_2026.csv"))
            let end = try #require(data.dropLast(2000).lastIndex(of: 0x0A))
            try write(data[..<(end + 12)], to: input + "/tasks_2026.csv")
        },
        Spoiled(name: "unterminated quote", status: 65, check: "MalformedCSV") { try append("\"never closed,1,2\n", to: $0 + "/tasks_2026.csv") },
        Spoiled(name: "no header", status: 65, check: "NoHeader") { input in
            let data = try Data(contentsOf: URL(fileURLWithPath: input + "/leave.csv"))
            let header = try #require(data.firstIndex(of: 0x0A))
            try write(Data("a,b,c,d,e,f\n".utf8) + data[(header + 1)...], to: input + "/leave.csv")
        },
    ]

    @Test("refused and missing exports", arguments: spoiled)
    func spoiledExport(spoiled: Spoiled) throws {
        let nights = try Nights()
        try spoiled.spoil(nights.input)
        let outcome = try nights.again()
        #expect(outcome.status == spoiled.status, "\(outcome.errors.suffix(600))")
        #expect(outcome.errors.contains("[\(spoiled.check)]"))
        #expect(outcome.errors.contains("hint:"))
        #expect(try nights.stands())
        // What was refused is written down for the morning.
        let refused = try folders(in: nights.scratch.output + "/runs").filter { $0.hasSuffix(".refused") }
        #expect(refused.count == 1)
        let findings = try PublishedTable("\(nights.scratch.output)/runs/\(refused[0])/findings.csv")
        #expect(try findings.column("check").contains(spoiled.check))
    }

    @Test("rows rejected over the contract's limit: published, with status 1")
    func tooManyRejects() throws {
        let nights = try Nights()
        try append(String(repeating: "x,y\n", count: 900), to: nights.input + "/tasks_2026.csv")
        let outcome = try nights.again()
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("[TooManyRejects]"))
        #expect(try !nights.stands())
    }

    @Test("a wrong configuration names all its problems with their lines, and ends with 78")
    func configuration() throws {
        let nights = try Nights()
        let pipelines = try nights.scratch.copyOfPipelines()
        try append("\ncolour: blue\nname: again\n", to: pipelines + "/nightly.yaml")
        try append("\n\tminimumPeers: thirty\n", to: pipelines + "/schemes/county.yaml")
        let outcome = try nights.again(pipeline: pipelines + "/nightly.yaml")
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("colour"))
        #expect(outcome.errors.contains("schemes/county.yaml:"))
        #expect(outcome.errors.contains("nightly.yaml:"))
        #expect(try nights.stands())
    }

    @Test("a missing pipeline ends with 78")
    func missingPipeline() throws {
        let scratch = try Scratch()
        #expect(try run("cadre-nightly", [scratch.path + "/none.yaml", "--output", scratch.output, "--as-of", Place.sampleDate]).status == 78)
    }

    @Test("an output that cannot be written ends with 73")
    func unwritableOutput() throws {
        let scratch = try Scratch()
        try write("a file where the folder should be", to: scratch.output)
        #expect(try Nights.night(scratch, Place.sample).status == 73)
    }

    @Test("no permission to read an export ends with 66", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")))
    func noPermission() throws {
        let scratch = try Scratch()
        let input = try scratch.copyOfSample()
        let pipelines = try scratch.copyOfPipelines()
        let roster = input + "/roster.csv"
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: roster)
        guard geteuid() == 0 else {
            let outcome = try Nights.night(scratch, input)
            #expect(outcome.status == 66 && outcome.errors.contains("[UnreadableFile]"))
            return
        }
        // Root may read anything, so the night runs as somebody else.
        try FileManager.default.createDirectory(atPath: scratch.output, withIntermediateDirectories: true)
        for path in [scratch.path, input] { try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path) }
        try FileManager.default.setAttributes([.ownerAccountID: 65_534], ofItemAtPath: scratch.output)
        for name in try files(in: input) where name != "roster.csv" {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: input + "/" + name)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: pipelines + "/keys/demonstration.key")
        let outcome = try run(
            "cadre-nightly", [pipelines + "/nightly.yaml", "--input", input, "--output", scratch.output, "--as-of", Place.sampleDate], asNobody: true)
        #expect(outcome.status == 66, "\(outcome.errors.suffix(400))")
        #expect(outcome.errors.contains("[UnreadableFile]"))
    }

    @Test("an unknown flag in the reviews is a finding")
    func unknownReview() throws {
        let nights = try Nights()
        try append("F000000000000,确认,材料核实属实,评审员甲,2026-10-20,无异议,,\n", to: nights.input + "/reviews.csv")
        let outcome = try nights.again()
        #expect(outcome.status == 0, "\(outcome.errors.suffix(400))")
        let findings = try PublishedTable(nights.scratch.current + "/findings.csv").records
        let unknown = try #require(findings.first { $0["check"] == "UnknownFlag" })
        #expect(unknown["file"] == "reviews.csv" && unknown["line"] == "2" && unknown["value"] == "F000000000000")
    }
}

private func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

private func write(_ data: Data, to path: String) throws { try Data(data).write(to: URL(fileURLWithPath: path)) }

private func append(_ text: String, to path: String) throws {
    try write(try Data(contentsOf: URL(fileURLWithPath: path)) + Data(text.utf8), to: path)
}
