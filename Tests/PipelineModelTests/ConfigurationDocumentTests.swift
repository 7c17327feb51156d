import FoundationEssentials
import Testing

@testable import PipelineModel

/// docs/configuration.md says what the code knows: every key, field, word and check, and no other.
@Suite struct ConfigurationDocumentTests {
    /// A section of the document: its heading without the marks, and its lines up to the next heading.
    private struct Section {
        let heading: String
        var lines: [String]

        /// The rows of the section's tables whose first cell is a name in backticks: name and other cells.
        var rows: [(name: String, cells: [String])] {
            lines.compactMap { line in
                let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { $0.trimmed }
                guard let first = cells.first, first.hasPrefix("`"), first.hasSuffix("`") else { return nil }
                return (String(first.dropFirst().dropLast()), Array(cells.dropFirst()))
            }
        }
    }

    private let sections: [Section]

    init() throws {
        let data = try #require(FileManager.default.contents(atPath: packageFolder + "/docs/configuration.md"))
        var sections: [Section] = []
        var isCode = false
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isCode.toggle() }
            if !isCode, line.hasPrefix("#") {
                sections.append(Section(heading: String(line.drop { $0 == "#" || $0 == " " }), lines: []))
            } else if !sections.isEmpty {
                sections[sections.count - 1].lines.append(String(line))
            }
        }
        self.sections = sections
    }

    private func section(_ heading: String) throws -> Section {
        let found = sections.filter { $0.heading == heading }
        #expect(found.count == 1, "the document must have one section \(heading)")
        return try #require(found.first)
    }

    @Test(arguments: SectionDeclaration.all.indices)
    func keys(_ index: Int) throws {
        let declaration = SectionDeclaration.all[index]
        let rows = try section(declaration.heading).rows
        #expect(rows.map(\.name) == declaration.keys.map(\.name), "in \(declaration.heading)")
        for (row, key) in zip(rows, declaration.keys) {
            #expect(row.cells.count == 4)
            #expect(row.cells.first == key.declaration.type.name, "\(declaration.heading): \(key.name)")
            #expect((row.cells[1] == "yes") == key.declaration.required, "\(declaration.heading): \(key.name)")
            #expect(row.cells[3].hasPrefix(key.declaration.meaning), "\(declaration.heading): \(key.name)")
            if case .choice(let known) = key.declaration.type, key.name != "role", key.name != "source" {
                for word in known {
                    let isNamed = try section(declaration.heading).lines.contains { $0.contains("`\(word)`") || $0.contains("as at the top") }
                    #expect(isNamed, "\(declaration.heading): \(key.name): \(word)")
                }
            }
        }
    }

    @Test(arguments: SourceRole.allCases)
    func roles(_ role: SourceRole) throws {
        let section = try section("Role `\(role.rawValue)`")
        let meaning = section.lines.first { !$0.isEmpty } ?? ""
        #expect(meaning.dropFirst() == role.meaning.dropFirst() + ".")
        let rows = section.rows
        #expect(rows.map(\.name) == role.fields.map(\.name))
        for (row, field) in zip(rows, role.fields) {
            #expect(row.cells == [name(of: field.type), field.mandatory ? "yes" : "", field.meaning])
        }
    }

    @Test(arguments: [("A cadre in post", FieldSet.cadreInPost), ("A held post", .heldPost)])
    func fieldSets(_ heading: String, _ set: FieldSet) throws {
        let rows = try section(heading).rows
        #expect(rows.map(\.name) == set.fields.map(\.name))
        for (row, field) in zip(rows, set.fields) { #expect(row.cells == [name(of: field.type), field.meaning]) }
    }

    @Test func categories() throws {
        let lines = try section("Categories").lines
        for role in SourceRole.allCases {
            for field in role.fields {
                guard case .category(let category) = field.type else { continue }
                let pairs = zip(category.chinese, category.codes).map { "\($0) → `\($1)`" }.joined(separator: ", ")
                #expect(lines.contains("| \(category.name) | \(pairs) |"), "\(category.name)")
            }
        }
    }

    @Test func checks() throws {
        let rows = try section("How problems are reported").rows
        #expect(rows.map(\.name) == Finding.Check.configurationChecks.map(\.rawValue))
    }

    @Test func targetsAndShapesOfDates() throws {
        let targets = try section("Targets").rows
        #expect(targets.map(\.name) == TargetForm.allCases.map(\.rawValue))
        #expect(targets.map { $0.cells[0] } == TargetForm.allCases.map { $0.fields.joined(separator: ", ") })
        let dates = try section("Dates").lines.joined(separator: "\n")
        for shape in DateShape.allCases { #expect(dates.contains("`\(shape.rawValue)`")) }
    }

    /// The YAML blocks of a section, in order.
    private func examples(_ heading: String) throws -> [String] {
        var blocks: [String] = []
        var isOpen = false
        for line in try section(heading).lines {
            if line == "```yaml" {
                blocks.append("")
                isOpen = true
            } else if line == "```" {
                isOpen = false
            } else if isOpen {
                blocks[blocks.count - 1] += line + "\n"
            }
        }
        return blocks
    }

    /// The examples together are a pipeline that loads.
    @Test func examplesLoad() throws {
        var fixture = ConfigurationFixture(files: ["keys/department.key": "a key"])
        fixture.files["nightly.yaml"] = try examples("The pipeline's file").first
        fixture.files["indicators.yaml"] = try examples("Indicators").first
        fixture.files["schemes/county.yaml"] = try examples("Appraisal schemes").first
        fixture.files["rules/triggers.yaml"] = try examples("Triggers").first
        fixture.files["rules/protections.yaml"] = try examples("Protections").first
        fixture.files["rules/flagging.yaml"] = try examples("Flagging").first
        fixture.files["rules/dispositions.yaml"] = try examples("Disposition rules").first
        fixture.files["rules/linkage.yaml"] = try examples("Linkage").first
        fixture.files["rules/training.yaml"] = try examples("Training").first
        fixture.files["rules/targets.yaml"] = try examples("Structure targets").first
        fixture.files["rules/selection.yaml"] = try examples("Township secretaries").first
        fixture.files["rules/deadlines.yaml"] = try examples("Deadlines of petitions").first
        fixture.files["rules/contest.yaml"] = try examples("Contest measures").first
        fixture.files["rules/evaluation.yaml"] = try examples("Annual grades").first
        fixture.files["rules/care.yaml"] = try examples("Care").first
        fixture.files["rules/reviews.yaml"] = try examples("Reviews").first
        fixture.files["sources/discipline.yaml"] =
            "source: discipline\npattern: x.csv\ncolumns: [{column: taxid, field: cadre_id}, {column: date, field: date}]\n"
            + (try #require(try examples("Later versions of a contract").first))
        fixture.files["sources/tasks.yaml"] =
            "source: tasks\npattern: x.csv\ncolumns: [{column: a, field: record_id}, {column: b, field: due_date}, {column: c, field: completed_date},"
            + " {column: d, field: quality}]\n" + (try #require(try examples("Measures").first))
        fixture.files["sources/warnings.yaml"] =
            "source: warnings\npattern: x.csv\nkey: [record_id]\ncolumns: [{column: a, field: record_id}, {column: b, field: cadre_id}, {column: c, field: kind},"
            + " {column: d, field: date}, {column: e, field: correction_due}, {column: f, field: corrected_date}]\n"
        // Roles without a contract are warned of; nothing else is.
        let findings = try fixture.findings()
        #expect(findings.allSatisfy { $0.check == "SourceWithoutContract" }, "\(findings)")
        let pipeline = try fixture.load().get().pipeline
        #expect(pipeline.sources.map(\.count) == [2, 1, 1])
        #expect(pipeline.indicators.count == 3 && pipeline.triggers.count == 1 && pipeline.schemes.count == 1)
        #expect(pipeline.linkage == LinkageRules())
        #expect(pipeline.flagging == FlaggingRules() && pipeline.dispositions.rules.map(\.disposition) == [.retraining, .recall])

        #expect(pipeline.training?.required.count == 1 && pipeline.targets?.targets.count == 1 && pipeline.selection != nil)
        #expect(pipeline.schemes.first?.rotation?.postYears == 10)

        // The contract and the condition, each where it fits.
        var contractOnly = ConfigurationFixture(files: ["nightly.yaml": "name: x\nsources: sources\ntriggers: t.yaml\n"])
        contractOnly.files["sources/petitions.yaml"] = try examples("Source contracts").first
        contractOnly.files["sources/warnings.yaml"] = fixture.files["sources/warnings.yaml"]
        let condition = try #require(try examples("Conditions").first).split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        contractOnly.files["t.yaml"] = """
            triggers:
              - id: x
                statement: {zh: 一, en: x}
                citation: {zh: 一, en: x}
                clearedBy: {zh: 一, en: x}
                disposition: recall
                source: warnings
                dated: date
                withinMonths: 1
                count: 1
            \(condition)

            """
        #expect(try contractOnly.problems() == [])
    }

    @Test func headingsStandOnce() {
        #expect(Set(sections.map(\.heading)).count == sections.count)
    }

    private func name(of type: FieldType) -> String {
        switch type {
        case .text: "text"
        case .integer: "whole number"
        case .decimal(let decimals): "number with \(decimals) decimals"
        case .date: "day"
        case .timestamp: "day and time"
        case .flag: "yes or no"
        case .category(let category): "word: \(category.name)"
        case .identityNumber: "identity number"
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
