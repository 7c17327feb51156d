import Nightly
import PipelineModel
import Testing

@testable import CommandLineInterface

@Suite struct TerminalTests {
    @Test(
        "the progress line says source, rows, speed and time left",
        arguments: [
            (0, 0, 0.0, "tasks 0 rows 0.0 MB/s"),
            (5_000_000, 1_250_000, 2.0, "tasks 1,250,000 rows 2.5 MB/s 0:02 left"),
            (10_000_000, 999, 1.0, "tasks 999 rows 10.0 MB/s 0:00 left"),
            (100_000, 1_000, 1.0, "tasks 1,000 rows 0.1 MB/s 1:39 left"),
        ])
    func progress(bytes: Int, rows: Int, seconds: Double, line: String) {
        let reading = ReadingProgress(source: "tasks", file: "tasks.csv", bytesRead: bytes, bytesTotal: 10_000_000, rows: rows)
        #expect(ProgressLine.text(reading, seconds: seconds) == line)
    }

    @Test("the line changes a few times a second, not at every report, and goes away at the end")
    func pace() {
        let reading = ReadingProgress(source: "tasks", file: "tasks.csv", bytesRead: 1, bytesTotal: 10, rows: 1)
        var line = ProgressLine(now: 100)
        #expect(line.finish() == "")
        #expect(line.update(reading, now: 101) != nil)
        #expect(line.update(reading, now: 101.1) == nil)
        #expect(line.update(reading, now: 101.3) != nil)
        #expect(line.finish() == ProgressLine.clear)
        #expect(line.finish() == "")
    }

    func finding(_ check: Finding.Check, _ severity: Finding.Severity = .warning, line: Int) -> Finding {
        Finding(check, severity, at: Finding.Location(file: "a.csv", line: line), message: "odd", hint: "mend")
    }

    @Test("of each check three warnings or fifty errors are printed, the gravest last, and the rest counted")
    func findings() {
        let findings = (1...60).reversed().map { finding("MissingColumn", .error, line: $0) } + (1...5).map { finding("UnknownValue", line: $0) }
        let lines = FindingLines.lines(findings, table: "runs/x/findings.csv")
        #expect(lines.count == 55)
        #expect(lines.first == "a.csv:1 warning [UnknownValue] odd\n  hint: mend")
        #expect(lines[3] == "[UnknownValue] and 2 more, see runs/x/findings.csv")
        #expect(lines[4] == "a.csv:1 error [MissingColumn] odd\n  hint: mend")
        #expect(lines.last == "[MissingColumn] and 10 more, see runs/x/findings.csv")
        #expect(!lines.contains { $0.hasPrefix("a.csv:51 ") })
        #expect(FindingLines.lines([], table: "").isEmpty)
    }

    @Test("where the lists are is a whole path", arguments: ["output/runs/R", "/srv/output/runs/R"])
    func place(folder: String) {
        #expect(RunCommand.place(of: folder, workingFolder: "/srv") == "/srv/output/current/ holds the lists of this run (runs/R)\n")
    }
}
