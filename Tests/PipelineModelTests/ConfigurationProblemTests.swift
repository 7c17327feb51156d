import PipelineModel
import Testing

/// One thing wrong with the pipeline of `ConfigurationFixture`, and what is said of it.
struct Breakage: Sendable, CustomTestStringConvertible {
    let file: String
    let old: String
    let new: String
    /// `line:column Check field`, in the file unless another is named before it.
    let expected: [String]

    init(_ file: String, _ old: String, _ new: String, _ expected: String...) {
        (self.file, self.old, self.new) = (file, old, new)
        self.expected = expected.map { $0.contains(".yaml:") ? $0 : file + ":" + $0 }
    }

    var testDescription: String { "\(file): \(new.prefix(60))" }

    func check() throws {
        let problems = try ConfigurationFixture.correct.replacing(old, by: new, in: file).problems()
        #expect(problems == expected)
    }
}

@Suite struct ConfigurationProblemTests {
    @Test func theFixtureIsRight() throws {
        #expect(try ConfigurationFixture.correct.problems() == [])
    }

    @Test(arguments: [
        Breakage("nightly.yaml", "schemes: schemes", "shemes: schemes", "3:1 UnknownKey shemes"),
        Breakage("sources/roster.yaml", "field: sex,", "field: sex, alias: [x],", "6:30 UnknownKey columns[3].alias"),
        Breakage("sources/roster.yaml", "pattern: roster*.csv", "pattern: a\npattern: b\npattern: c", "3:1 DuplicateKey pattern", "4:1 DuplicateKey pattern"),
        Breakage(
            "sources/tasks.yaml", "keep: facts", "keep: facts\n\"keep\": rows\nrejectLimit: much", "4:1 DuplicateKey keep", "5:14 WrongType rejectLimit"),
        Breakage("sources/roster.yaml", "required: true", "required: true, required: false", "4:51 DuplicateKey columns[1].required"),
        Breakage("nightly.yaml", "name: trial", "title: trial", "1:1 MissingKey ", "1:1 UnknownKey title"),
        Breakage("sources/roster.yaml", "field: sex", "fields: sex", "6:5 MissingKey columns[3]", "6:18 UnknownKey columns[3].fields"),
        Breakage("sources/tasks.yaml", "key: [record_id]", "key: record_id", "4:6 WrongType key"),
        Breakage("sources/tasks.yaml", "key: [record_id]", "required: yes", "4:11 WrongType required"),
        Breakage("sources/tasks.yaml", "key: [record_id]", "encoding:", "4:10 WrongType encoding"),
        Breakage("sources/tasks.yaml", "pattern: tasks_*.csv", "pattern: {glob: x}", "2:10 WrongType pattern"),
        Breakage("sources/tasks.yaml", "days: 45", "days: many", "12:36 WrongType freshness.days"),
        Breakage("sources/tasks.yaml", "days: 45", "days: -1", "12:36 OutOfRange freshness.days"),
        Breakage("sources/tasks.yaml", "keep: facts", "keep: facts\nrejectLimit: 1.5", "4:14 OutOfRange rejectLimit"),
        Breakage("sources/tasks.yaml", "keep: facts", "keep: facts\nrejectLimit: nan", "4:14 WrongType rejectLimit"),
        Breakage("schemes/county.yaml", "  overdue: 0.1", "\toverdue: 0.1", "8:1 TabInIndentation "),
        Breakage(
            "sources/tasks.yaml", "    month: due_date\n    where", "\tmonth: due_date\n\twere", "17:1 TabInIndentation ", "18:1 TabInIndentation ",
            "18:2 UnknownKey measures.overdue.were"),
        Breakage("sources/tasks.yaml", "key: [record_id]", "key: [record_id", "5:8 InvalidYAML "),
        Breakage("schemes/county.yaml", "kind: county", "kind: \u{1}county", "1:7 InvalidYAML "),
        Breakage("rules/protections.yaml", "  minimumDays: 20", "  minimumDays: 20\n---\nmore: 1", "4:1 InvalidYAML "),
    ])
    func writing(_ breakage: Breakage) throws { try breakage.check() }

    @Test(arguments: [
        Breakage("sources/roster.yaml", "field: sex", "field: gender", "6:25 UnknownField columns[3].field"),
        Breakage("sources/roster.yaml", "field: sex, values: {M: male, F: female}", "field: cadre_id", "6:25 FieldMappedTwice columns[3].field"),
        Breakage("sources/roster.yaml", "field: cadre_id, required: true", "field: rank", "4:3 MandatoryFieldNotMapped columns"),
        Breakage("sources/roster.yaml", "F: female", "F: woman", "6:51 UnknownValue columns[3].values.F"),
        Breakage("sources/roster.yaml", "1940-01-01", "1940-02-30", "7:48 InvalidDate columns[4].minimum"),
        Breakage("sources/roster.yaml", "M/D/YYYY", "MM-DD", "7:68 UnknownValue columns[4].dates[1]"),
        Breakage("sources/roster.yaml", "M/D/YYYY", "M/D/YYYY, D/M/YYYY", "7:67 ConflictingKeys columns[4].dates"),
        Breakage("sources/roster.yaml", "{column: 性别, field: sex,", "{field: sex,", "6:5 MissingKey columns[3]"),
        Breakage("sources/roster.yaml", "field: sex,", "constant: male, field: sex,", "6:28 ConflictingKeys columns[3].constant"),
        Breakage("sources/roster.yaml", "column: 性别, field: sex,", "constant: other, field: sex,", "6:16 UnknownValue columns[3].constant"),
        Breakage("sources/tasks.yaml", "minimum: 0, maximum: 100", "minimum: 9, maximum: 3", "10:55 BoundsReversed columns[5].maximum"),
        Breakage("sources/tasks.yaml", "minimum: 0, maximum", "minimum: low, maximum", "10:43 WrongType columns[5].minimum"),
        Breakage("sources/tasks.yaml", "field: record_id", "field: record_id, dates: [M/D/YYYY]", "6:43 FieldOfOtherType columns[1].dates"),
        Breakage("sources/tasks.yaml", "field: record_id", "field: record_id, minimum: 3", "6:45 FieldOfOtherType columns[1].minimum"),
        Breakage(
            "sources/tasks.yaml", "field: due_date}\n  - {column: 完成", "field: due_date, values: {x: y}}\n  - {column: 完成",
            "8:43 FieldOfOtherType columns[3].values"),
        Breakage("sources/tasks.yaml", "key: [record_id]", "key: [contest_field]", "4:7 FieldNotMapped key[1]"),
        Breakage("sources/tasks.yaml", "known: due_date", "known: received", "11:8 UnknownField known"),
        Breakage("sources/tasks.yaml", "known: due_date", "known: quality", "11:8 FieldOfOtherType known"),
        Breakage("sources/tasks.yaml", "freshness: {field: due_date", "freshness: {field: record_id", "12:20 FieldOfOtherType freshness.field"),
        Breakage("sources/tasks.yaml", "keep: facts", "targets: [cadre, unit_post]", "3:18 FieldNotMapped targets[2]", "3:18 FieldNotMapped targets[2]"),
        Breakage("sources/tasks.yaml", "keep: facts", "targets: [cadre, cadre]", "3:18 DuplicateID targets[2]"),
        Breakage("sources/tasks.yaml", "keep: facts", "keep: facets", "3:7 UnknownValue keep"),
        Breakage("sources/tasks.yaml", "maximumShare: 2", "maximumShare: 0.1", "13:59 BoundsReversed volume.maximumShare"),
        Breakage("sources/tasks.yaml", "keep: facts", "keep: facts\ndelimiter: \"||\"", "4:12 OutOfRange delimiter"),
        Breakage("sources/tasks.yaml", "keep: facts", "keep: facts\ndelimiter: ，", "4:12 OutOfRange delimiter"),
        Breakage("sources/tasks.yaml", "source: tasks", "source: chores", "1:9 MissingKey source"),
        Breakage("sources/tasks.yaml", "source: tasks", "source: tasks\nrole: chores", "2:7 UnknownValue role"),
        Breakage("sources/petitions.yaml", "ignored: [备注]", "ignored: [信访人]", "11:11 ColumnListedTwice ignored[1]"),
        Breakage("sources/petitions.yaml", "private: [信访人]", "private: [收到]", "10:11 ColumnListedTwice private[1]"),
        Breakage("sources/appraisals.yaml", "from: 2025-01-01", "from: 2023-01-01", "12:11 VersionsOutOfOrder versions[2].from"),
        Breakage("sources/appraisals.yaml", "from: 2025-01-01", "from: 2024-01-01", "12:11 VersionsOutOfOrder versions[2].from"),
        Breakage("sources/appraisals.yaml", "from: 2025-01-01", "from: soon", "12:11 InvalidDate versions[2].from"),
        Breakage("sources/appraisals.yaml", "  - from: 2025-01-01\n    delimiter", "  - delimiter", "12:5 MissingKey versions[2]"),
        Breakage("sources/appraisals.yaml", "    pattern: kaohe.csv", "    source: other", "11:5 UnknownKey versions[1].source"),
        Breakage("sources/appraisals.yaml", "    pattern: kaohe.csv", "    key: [score]", "11:11 FieldNotMapped versions[1].key[1]"),
        Breakage("nightly.yaml", "identityKey: {file: keys/trial.key}\n", "", "sources/roster.yaml:5:27 MissingIdentityKey columns[2].field"),
    ])
    func contracts(_ breakage: Breakage) throws { try breakage.check() }

    @Test(arguments: [
        Breakage("sources/tasks.yaml", "due: {month: due_date}", "due: {month: deadline}", "15:16 UnknownField measures.due.month"),
        Breakage("sources/tasks.yaml", "due: {month: due_date}", "due: {month: quality}", "15:16 FieldOfOtherType measures.due.month"),
        Breakage("sources/tasks.yaml", "due: {month: due_date}", "due: {on: due_date}", "15:8 MissingKey measures.due"),
        Breakage("sources/tasks.yaml", "due: {month: due_date}", "due: {month: due_date, on: cadre_id}", "15:30 FieldOfOtherType measures.due.on"),
        Breakage("sources/tasks.yaml", "value: quality", "value: cadre_id", "22:12 FieldOfOtherType measures.quality.value"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "valeu: quality", "indicators.yaml:13:13 MeasureWithoutValue indicators[2].values",
            "22:5 UnknownKey measures.quality.valeu"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: record_id, is: x}",
            "23:20 TextConditionOnFacts measures.quality.where.field"),
        Breakage("sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: record_id, missing: false}"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: due_date, before: asOf}",
            "23:38 AsOfInContract measures.quality.where.before"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: due_date, before: 2025-02-30}",
            "23:38 InvalidDate measures.quality.where.before"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: due_date, within: {days: 3, of: quality}}",
            "23:38 FieldOfOtherType measures.quality.where.within"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: due_date, atLeast: 3}",
            "23:39 FieldOfOtherType measures.quality.where.atLeast"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: quality, atLeast: 1e308}",
            "23:38 OutOfRange measures.quality.where.atLeast"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: contest_field, missing: true}",
            "23:20 FieldNotMapped measures.quality.where.field"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: quality, atLeast: 3, atMost: 4}",
            "23:12 ConflictingKeys measures.quality.where"),
        Breakage("sources/tasks.yaml", "value: quality", "value: quality\n    where: {field: quality}", "23:12 MissingKey measures.quality.where"),
        Breakage("sources/tasks.yaml", "value: quality", "value: quality\n    where: {atLeast: 3}", "23:12 MissingKey measures.quality.where"),
        Breakage("sources/tasks.yaml", "value: quality", "value: quality\n    where: {all: []}", "23:18 MissingKey measures.quality.where.all"),
        Breakage(
            "sources/tasks.yaml", "value: quality", "value: quality\n    where: {not: {field: quality, is: 3}}",
            "23:39 FieldOfOtherType measures.quality.where.not.is"),
        Breakage(
            "sources/petitions.yaml", "in: [substantiated, partlySubstantiated]", "in: [proved, probable]",
            "18:33 UnknownValue measures.substantiated.where.all[2].in[1]", "18:41 UnknownValue measures.substantiated.where.all[2].in[2]"),
        Breakage("sources/petitions.yaml", "ignored: [备注]", "scope: {field: kinds, is: appeal}", "11:16 UnknownField scope.field"),
    ])
    func measuresAndConditions(_ breakage: Breakage) throws { try breakage.check() }

    @Test(arguments: [
        Breakage("schemes/county.yaml", "petitions: 0.7", "petitions: 0.6", "8:3 WeightsDoNotSumToOne weights"),
        Breakage("schemes/county.yaml", "petitions: 0.7", "complaints: 0.7", "10:3 UnknownIndicator weights.complaints"),
        Breakage("schemes/county.yaml", "petitions: 0.7", "petitions: heavy", "10:14 WrongType weights.petitions"),
        Breakage("schemes/county.yaml", "ranks: [正科级]", "ranks: [正处级]", "5:25 DuplicateID rankBands[2].ranks[1]"),
        Breakage("schemes/county.yaml", "id: lower", "id: upper", "5:10 DuplicateID rankBands[2].id"),
        Breakage("schemes/county.yaml", "[rank_band, scheme]", "[scheme, rank_band]", "6:13 ConflictingKeys peerGroups"),
        Breakage("schemes/county.yaml", "kind: county", "kind: village", "1:7 UnknownValue kind"),
        Breakage("schemes/county.yaml", "zh: 县, en: Counties", "zh: 县", "2:8 MissingKey label"),
        Breakage("indicators.yaml", "tasks.due", "tasks.dues", "7:13 UnknownMeasure indicators[1].trials"),
        Breakage("indicators.yaml", "tasks.due", "chores.due", "7:13 UnknownMeasure indicators[1].trials"),
        Breakage("indicators.yaml", "tasks.quality", "tasks.due", "13:13 MeasureWithoutValue indicators[2].values"),
        Breakage("indicators.yaml", "tasks.quality", "ballots.score", "13:13 SourceWithoutContract indicators[2].values"),
        Breakage(
            "indicators.yaml", "id: quality", "id: overdue", "9:9 DuplicateID indicators[2].id", "schemes/county.yaml:9:3 UnknownIndicator weights.quality"),
        Breakage("indicators.yaml", "    trials: tasks.due\n", "", "2:5 MissingKey indicators[1]"),
        Breakage("indicators.yaml", "values: tasks.quality", "values: tasks.quality\n    events: tasks.due", "14:13 ConflictingKeys indicators[2].events"),
        Breakage("indicators.yaml", "dimension: conduct", "dimension: manners", "17:16 UnknownValue indicators[3].dimension"),
        Breakage("rules/triggers.yaml", "count: 1", "count: 1\n    consecutive: {years: 2, field: year}", "11:18 ConflictingKeys triggers[1].consecutive"),
        Breakage("rules/triggers.yaml", "    count: 1\n", "", "2:5 MissingKey triggers[1]"),
        Breakage("rules/triggers.yaml", "field: year", "field: grade", "20:36 FieldOfOtherType triggers[2].consecutive.field"),
        Breakage("rules/triggers.yaml", "id: twice", "id: incompetent", "12:9 DuplicateID triggers[2].id"),
        Breakage("rules/triggers.yaml", "{field: grade, is: incompetent}", "{field: grade, is: bad}", "7:31 UnknownValue triggers[1].where.is"),
        Breakage("rules/triggers.yaml", "{field: grade, is: incompetent}", "{field: score, atMost: 60}", "7:20 FieldNotMapped triggers[1].where.field"),
        Breakage(
            "sources/appraisals.yaml", "pattern: appraisals.csv", "pattern: appraisals.csv\nkeep: facts",
            "rules/triggers.yaml:6:13 TriggerOnFacts triggers[1].source", "rules/triggers.yaml:16:13 TriggerOnFacts triggers[2].source"),
        Breakage("rules/protections.yaml", "[substantiated]", "[substantiated, pending]", "4:35 FindingMustNotCount countingFindings[2]"),
        Breakage("rules/protections.yaml", "kinds: [sick]", "kinds: [sick, holiday]", "2:17 UnknownValue longLeave.kinds[2]"),
    ])
    func appraisalAndRules(_ breakage: Breakage) throws { try breakage.check() }
}
