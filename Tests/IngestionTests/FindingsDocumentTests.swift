import Foundation
import Testing

/// docs/findings.md is what a person opens at two in the morning: it must know every check that any library can raise, and no other.
@Suite("The document of findings") struct FindingsDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every string of the sources that is written as a check's name: words run together, each with a capital.
    ///
    /// The maker of worlds raises nothing; its names of checks are what it expects of the others.
    private func checksInSources() throws -> Set<String> {
        let name = try Regex<(Substring, Substring)>("\"([A-Z][a-z]+(?:[A-Z][A-Za-z]*)+)\"")
        var checks: Set<String> = []
        let sources = FindingsDocumentTests.root.appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" && !file.path.contains("/Sources/Simulation/") {
            checks.formUnion(try String(contentsOf: file, encoding: .utf8).matches(of: name).map { String($0.output.1) })
        }
        return checks
    }

    private func checksInDocument() throws -> [String] {
        let document = try String(contentsOf: FindingsDocumentTests.root.appendingPathComponent("docs/findings.md"), encoding: .utf8)
        return try document.matches(of: Regex<(Substring, Substring)>("(?m)^\\| `([A-Za-z]+)` \\|")).map { String($0.output.1) }
    }

    @Test("lists every check of the sources")
    func complete() throws {
        let checks = try checksInSources()
        #expect(checks.count > 50)
        let missing = checks.subtracting(try checksInDocument()).sorted()
        #expect(missing.isEmpty, "docs/findings.md lacks \(missing.joined(separator: ", "))")
    }

    @Test("lists no check that is raised nowhere")
    func current() throws {
        let gone = Set(try checksInDocument()).subtracting(try checksInSources()).sorted()
        #expect(gone.isEmpty, "docs/findings.md still lists \(gone.joined(separator: ", "))")
    }

    @Test("says of every check outside the configuration how much it matters and what to do")
    func columns() throws {
        let document = try String(contentsOf: FindingsDocumentTests.root.appendingPathComponent("docs/findings.md"), encoding: .utf8)
        let rows = document.prefix(upTo: try #require(document.range(of: "## Configuration")).lowerBound).split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count > 50)
        for row in rows {
            let cells = row.replacing("\\|", with: "/").split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(cells.count == 4 && ["note", "warning", "error"].contains { cells[1].hasPrefix($0) }, "\(row)")
        }
    }
}
