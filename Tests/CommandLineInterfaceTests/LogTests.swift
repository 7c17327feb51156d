import Foundation
import Logging
import Synchronization
import Testing

@testable import CommandLineInterface

/// Collects what a handler writes.
final class Lines: Sendable {
    private let text = Mutex("")

    @Sendable func write(_ more: String) { text.withLock { $0 += more } }
    var written: String { text.withLock { $0 } }
}

@Suite struct LogTests {
    @Test("a line for people has time, level, message, and what belongs to it by name, quoted where it must be")
    func text() throws {
        let lines = Lines()
        let logger = Logger(label: "test") { _ -> any LogHandler in TextLogHandler(write: lines.write) }
        logger.info("stage done", metadata: ["stage": "ingest", "folder": "a b", "quote": "say \"x\""])
        let line = try #require(lines.written.split(separator: "\n").first)
        let expected = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ info stage done folder="a b" quote="say \\"x\\"" stage=ingest/#
        #expect(line.wholeMatch(of: expected) != nil, "\(line)")
    }

    @Test("a line for people stays one line, whatever a value holds")
    func oneLine() {
        let lines = Lines()
        let logger = Logger(label: "test") { _ -> any LogHandler in TextLogHandler(write: lines.write) }
        logger.error("two\nlines", metadata: ["value": "and\nmore"])
        #expect(lines.written.filter { $0 == "\n" }.count == 1)
    }

    @Test("a line for machines is one JSON object, also with quotes, line breaks and Chinese in it")
    func json() throws {
        let lines = Lines()
        let logger = Logger(label: "test") { _ -> any LogHandler in JSONLogHandler(write: lines.write) }
        logger.warning("it is \"odd\"", metadata: ["value": "属 实\n", "path": "a/b"])
        #expect(lines.written.filter { $0 == "\n" }.count == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(lines.written.utf8)) as? [String: String])
        #expect(object["message"] == "it is \"odd\"")
        #expect(object["level"] == "warning")
        #expect(object["value"] == "属 实\n")
        #expect(object["path"] == "a/b")
        #expect(object["time"]?.hasSuffix("Z") == true)
    }

    @Test("quiet lets errors through and nothing else")
    func quiet() {
        var options = LogOptions()
        options.logFormat = .text
        options.quiet = true
        #expect(options.logger("test").logLevel == .error)
        options.quiet = false
        #expect(options.logger("test").logLevel == .info)
    }
}
