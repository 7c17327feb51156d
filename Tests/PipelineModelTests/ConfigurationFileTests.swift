import FoundationEssentials
import PipelineModel
import Testing

/// Files and folders that are not there or cannot be read, many problems at once, and the hash.
@Suite struct ConfigurationFileTests {
    let correct = ConfigurationFixture.correct

    private func briefs(_ result: Result<LoadedPipeline, ConfigurationError>) -> [String] {
        switch result {
        case .success(let loaded): loaded.findings.map(ConfigurationFixture.brief)
        case .failure(let error): error.findings.map(ConfigurationFixture.brief)
        }
    }

    @Test(arguments: [
        ("indicators.yaml", "nightly.yaml:4:13 MissingFile indicators"),
        ("rules/triggers.yaml", "nightly.yaml:5:11 MissingFile triggers"),
        ("rules/protections.yaml", "nightly.yaml:6:14 MissingFile protections"),
        ("keys/trial.key", "nightly.yaml:7:21 MissingFile identityKey.file"),
        ("schemes/county.yaml", "nightly.yaml:3:10 MissingFile schemes"),
        ("nightly.yaml", "nightly.yaml:0:0 MissingFile "),
    ])
    func missingFile(_ file: String, _ expected: String) throws {
        var fixture = correct
        fixture.files[file] = nil
        #expect(try fixture.problems() == [expected])
    }

    @Test func emptyFolderOfContracts() throws {
        var fixture = correct
        for name in fixture.files.keys where name.hasPrefix("sources/") { fixture.files[name] = nil }
        fixture.files["sources/README.md"] = "nothing here"
        fixture.files["sources/.hidden.yaml"] = "source: x"
        // Nothing follows from it: indicators and triggers are not called wrong for contracts that are not there.
        #expect(try fixture.problems() == ["nightly.yaml:2:10 EmptyFolder sources"])
    }

    @Test func folderInPlaceOfAFileAndBack() throws {
        let result = try correct.load { folder in
            try FileManager.default.removeItem(atPath: folder + "/indicators.yaml")
            try FileManager.default.createDirectory(atPath: folder + "/indicators.yaml", withIntermediateDirectories: false)
            try FileManager.default.removeItem(atPath: folder + "/schemes")
            _ = FileManager.default.createFile(atPath: folder + "/schemes", contents: Data("kind: county".utf8))
        }
        #expect(briefs(result) == ["nightly.yaml:3:10 MissingFile schemes", "nightly.yaml:4:13 MissingFile indicators"])
    }

    @Test func bytesThatAreNotUTF8() throws {
        let result = try correct.load { folder in
            _ = FileManager.default.createFile(atPath: folder + "/rules/protections.yaml", contents: Data([0x61, 0x3A, 0x20, 0xB0, 0xA1]))
        }
        #expect(briefs(result) == ["rules/protections.yaml:0:0 UnreadableFile "])
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "just text\n", "- a\n- list\n", "\u{FEFF}"])
    func fileThatIsNoSection(_ text: String) throws {
        var fixture = correct
        fixture.files["rules/protections.yaml"] = text
        let findings = try fixture.findings()
        #expect(findings.count == 1)
        #expect(findings.first?.location.file == "rules/protections.yaml")
        #expect(findings.first?.hint != nil)
    }

    /// Nobody's configuration looks so, and still nothing may crash or hang.
    @Test(arguments: [
        String(repeating: "[", count: 20_000), String(repeating: "{a: ", count: 5000), "? [a]\n: b\n", "? {a: b}\n: c\n", "\"\": 1\n\"\": 2\n",
        "&a x: 1\n&a x: 2\n",
        "*x : 1\n", "<<: {a: 1}\n", "!tag a: b\n", "'a': 1\n\"a\": 2\n", "longLeave: &a {kinds: *a}\n", "- \t- x\n", "\t\n\t# only tabs\n",
        "a: |\n  x\n b: c\n",
    ])
    func strangeFiles(_ text: String) throws {
        var fixture = correct
        fixture.files["rules/protections.yaml"] = text
        let findings = try fixture.findings()
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { $0.location.file == "rules/protections.yaml" && $0.severity == .error })
    }

    /// Nine levels of ten aliases each: a thousand million values in ten lines.
    @Test func aliasesOfAliases() throws {
        var fixture = correct
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 { text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n" }
        fixture.files["rules/protections.yaml"] = text
        #expect(try fixture.problems() == ["rules/protections.yaml:1:1 InvalidYAML "])
    }

    @Test func anchorsAreFollowed() throws {
        var fixture = correct
        fixture.files["rules/protections.yaml"] = "longLeave: {kinds: [&kind sick, maternity]}\ncountingFindings: []\n"
        #expect(try fixture.load().get().pipeline.protections.longLeaveKinds == [.sick, .maternity])
        fixture.files["rules/protections.yaml"] = "longLeave: {kinds: [&kind sick, *kind]}\n"
        #expect(try fixture.load().get().pipeline.protections.longLeaveKinds == [.sick, .sick])
    }

    /// Ten things wrong in five files: ten findings, in order, each with line and column, a message and no other.
    @Test func tenProblemsAtOnce() throws {
        let broken =
            correct
            .replacing("name: trial", by: "name: trial\nname: again", in: "nightly.yaml")
            .replacing("protections: rules", by: "protection: rules", in: "nightly.yaml")
            .replacing("field: sex", by: "field: gender", in: "sources/roster.yaml")
            .replacing("1940-01-01", by: "1940-13-01", in: "sources/roster.yaml")
            .replacing("keep: facts", by: "keep: fact", in: "sources/tasks.yaml")
            .replacing("    month: completed_date", by: "\tmonth: completed_date", in: "sources/tasks.yaml")
            .replacing("days: 45", by: "days: [45]", in: "sources/tasks.yaml")
            .replacing("tasks.due", by: "tasks.du", in: "indicators.yaml")
            .replacing("petitions: 0.7", by: "petitions: 0.8", in: "schemes/county.yaml")
            .replacing("withinMonths: 18", by: "withinMonths: 0", in: "rules/triggers.yaml")
        #expect(
            try broken.problems() == [
                "indicators.yaml:7:13 UnknownMeasure indicators[1].trials",
                "nightly.yaml:2:1 DuplicateKey name",
                "nightly.yaml:7:1 UnknownKey protection",
                "rules/triggers.yaml:9:19 OutOfRange triggers[1].withinMonths",
                "schemes/county.yaml:8:3 WeightsDoNotSumToOne weights",
                "sources/roster.yaml:6:25 UnknownField columns[3].field",
                "sources/roster.yaml:7:48 InvalidDate columns[4].minimum",
                "sources/tasks.yaml:3:7 UnknownValue keep",
                "sources/tasks.yaml:12:36 WrongType freshness.days",
                "sources/tasks.yaml:21:1 TabInIndentation ",
            ])
    }

    @Test(arguments: [
        ("nightly.yaml", "schemes: schemes", "shemes: schemes", "did you mean `schemes`?"),
        ("nightly.yaml", "schemes: schemes", "nonsense: schemes", "known here: name, input, output, sources, schemes"),
        ("sources/roster.yaml", "field: sex", "field: sexx", "did you mean `sex`?"),
        ("sources/tasks.yaml", "keep: facts", "keep: fact", "did you mean `facts`?"),
        ("sources/petitions.yaml", "is: accusation", "is: 检举控告", "did you mean `accusation`?"),
        ("indicators.yaml", "tasks.due", "tasks.deu", "did you mean `tasks.due`?"),
        ("schemes/county.yaml", "petitions: 0.7", "petitions: 0.6", "change one of them by 0.1"),
    ])
    func hints(_ file: String, _ old: String, _ new: String, _ hint: String) throws {
        let findings = try correct.replacing(old, by: new, in: file).findings()
        #expect(findings.contains { $0.hint?.hasPrefix(hint) == true }, "\(findings)")
    }

    @Test func unknownValuesListTheKnownOnes() throws {
        let findings = try correct.replacing("F: female", by: "F: other", in: "sources/roster.yaml").findings()
        #expect(findings.first?.message.contains("male, female") == true)
    }

    /// One more of any kind of section is no reason to lose a key: line ends of other systems, and a mark.
    @Test func lineEndsAndMark() throws {
        var fixture = correct
        for (name, text) in fixture.files { fixture.files[name] = "\u{FEFF}" + text.replacing("\n", with: "\r\n") }
        fixture.files["keys/trial.key"] = "a key"
        #expect(try fixture.problems() == [])
        fixture.files["rules/protections.yaml"] = fixture.files["rules/protections.yaml"]?.replacing(
            "minimumDays: 20", with: "minimumDays: x\r\n  minimumDays: 3")
        #expect(
            try fixture.problems() == [
                "rules/protections.yaml:3:16 WrongType longLeave.minimumDays", "rules/protections.yaml:4:3 DuplicateKey longLeave.minimumDays",
            ])
    }

    @Test func hashChangesWithEveryFileAndEveryByte() throws {
        let original = try correct.load().get().pipeline.configurationHash
        #expect(try correct.load().get().pipeline.configurationHash == original)
        var seen: Set<String> = [original]
        for (name, text) in correct.files.sorted(by: { $0.key < $1.key }) where name.hasSuffix(".yaml") {
            // A comment, a blank: the meaning is the same, the bytes are not.
            for more in ["# seen", " ", "\n"] {
                var fixture = correct
                fixture.files[name] = text + more
                let inserted = seen.insert(try fixture.load().get().pipeline.configurationHash).inserted
                #expect(inserted, "\(name) with \(more.debugDescription)")
            }
        }
        var renamed = correct
        renamed.files["sources/people.yaml"] = renamed.files.removeValue(forKey: "sources/roster.yaml")
        #expect(seen.insert(try renamed.load().get().pipeline.configurationHash).inserted)
        // The secret is no part of it.
        var otherKey = correct
        otherKey.files["keys/trial.key"] = "another"
        #expect(try otherKey.load().get().pipeline.configurationHash == original)
    }

    @Test func twoSourcesAndTwoSchemesOfOneName() throws {
        var fixture = correct
        fixture.files["sources/roster-2.yaml"] = fixture.files["sources/roster.yaml"]
        fixture.files["schemes/district.yaml"] = fixture.files["schemes/county.yaml"]
        #expect(try fixture.problems() == ["schemes/district.yaml:1:7 DuplicateID kind", "sources/roster.yaml:1:9 DuplicateID source"])
    }
}
