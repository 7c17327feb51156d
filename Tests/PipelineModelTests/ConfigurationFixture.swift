import FoundationEssentials
import PipelineModel

/// A small pipeline that is right, in a folder of its own; tests break it.
struct ConfigurationFixture: Sendable {
    var files: [String: String]

    /// Writes the files, loads `nightly.yaml` and takes the folder away.
    func load(preparing: (String) throws -> Void = { _ in }) throws -> Result<LoadedPipeline, ConfigurationError> {
        let folder = FileManager.default.temporaryDirectory.path + "/configuration-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files {
            let path = folder + "/" + name
            let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else { throw CocoaError(.fileWriteUnknown) }
        }
        try preparing(folder)
        do throws(ConfigurationError) {
            return .success(try Pipeline.load(path: folder + "/nightly.yaml"))
        } catch {
            return .failure(error)
        }
    }

    /// What is wrong, as `file:line:column Check field`, in the order of the report; empty where the pipeline loads.
    func problems() throws -> [String] { try findings().map(ConfigurationFixture.brief) }

    func findings() throws -> [Finding] {
        switch try load() {
        case .success(let loaded): loaded.findings
        case .failure(let error): error.findings
        }
    }

    static func brief(_ finding: Finding) -> String {
        let place = finding.location
        return "\(place.file):\(place.line ?? 0):\(place.column ?? 0) \(finding.check) \(place.field ?? "")"
    }

    /// The fixture with one piece of a file replaced; the piece must be there once.
    func replacing(_ old: String, by new: String, in file: String) -> ConfigurationFixture {
        var copy = self
        let text = files[file] ?? ""
        precondition(text.components(of: old) == 2, "\(old) must stand in \(file) once")
        copy.files[file] = text.replacing(old, with: new)
        return copy
    }

    static let correct = ConfigurationFixture(files: [
        "nightly.yaml": """
        name: trial
        sources: sources
        schemes: schemes
        indicators: indicators.yaml
        triggers: rules/triggers.yaml
        protections: rules/protections.yaml
        identityKey: {file: keys/trial.key}

        """,
        "keys/trial.key": "a key",
        "sources/roster.yaml": """
        source: roster
        pattern: roster*.csv
        columns:
          - {column: 工号, field: cadre_id, required: true}
          - {column: 身份证号, field: id_number}
          - {column: 性别, field: sex, values: {M: male, F: female}}
          - {column: 出生日期, field: birth_date, minimum: 1940-01-01, dates: [M/D/YYYY]}

        """,
        "sources/tasks.yaml": """
        source: tasks
        pattern: tasks_*.csv
        keep: facts
        key: [record_id]
        columns:
          - {column: 编号, field: record_id}
          - {column: 责任人, field: cadre_id}
          - {column: 期限, field: due_date}
          - {column: 完成, field: completed_date}
          - {column: 得分, field: quality, minimum: 0, maximum: 100}
        known: due_date
        freshness: {field: due_date, days: 45}
        volume: {minimumRows: 1, minimumShare: 0.5, maximumShare: 2}
        measures:
          due: {month: due_date}
          overdue:
            month: due_date
            where: {any: [{field: completed_date, missing: true}, {field: completed_date, after: {field: due_date}}]}
            adverse: true
          quality:
            month: completed_date
            value: quality

        """,
        "sources/appraisals.yaml": """
        source: appraisals
        pattern: appraisals.csv
        columns:
          - {column: 工号, field: cadre_id}
          - {column: 类别, field: kind}
          - {column: 年度, field: year}
          - {column: 日期, field: date}
          - {column: 等次, field: grade}
        versions:
          - from: 2024-01-01
            pattern: kaohe.csv
          - from: 2025-01-01
            delimiter: ";"

        """,
        "sources/petitions.yaml": """
        source: petitions
        pattern: petitions.csv
        columns:
          - {column: 编号, field: record_id}
          - {column: 被反映人工号, field: cadre_id}
          - {column: 被反映单位, field: unit}
          - {column: 类别, field: kind}
          - {column: 结果, field: finding, values: {查实: substantiated}}
          - {column: 收到, field: received}
        private: [信访人]
        ignored: [备注]
        measures:
          substantiated:
            month: received
            where:
              all:
                - {field: kind, is: accusation}
                - {field: finding, in: [substantiated, partlySubstantiated]}
            adverse: true

        """,
        "indicators.yaml": """
        indicators:
          - id: overdue
            label: {zh: 逾期, en: Overdue}
            dimension: achievement
            family: share
            events: tasks.overdue
            trials: tasks.due
            better: less
          - id: quality
            label: {zh: 质量, en: Quality}
            dimension: achievement
            family: mean
            values: tasks.quality
            better: more
          - id: petitions
            label: {zh: 信访, en: Petitions}
            dimension: conduct
            family: rate
            events: petitions.substantiated
            exposure: months
            better: less

        """,
        "schemes/county.yaml": """
        kind: county
        label: {zh: 县, en: Counties}
        rankBands:
          - {id: upper, ranks: [正处级, 副处级]}
          - {id: lower, ranks: [正科级]}
        peerGroups: [rank_band, scheme]
        weights:
          overdue: 0.1
          quality: 0.2
          petitions: 0.7

        """,
        "rules/triggers.yaml": """
        triggers:
          - id: incompetent
            statement: {zh: 不称职, en: Incompetent}
            citation: {zh: 规定, en: Rules}
            disposition: recall
            source: appraisals
            where: {field: grade, is: incompetent}
            dated: date
            withinMonths: 18
            count: 1
            clearedBy: {zh: 复核, en: A review}
          - id: twice
            statement: {zh: 连续两年, en: Two years running}
            citation: {zh: 规定, en: Rules}
            disposition: retraining
            source: appraisals
            where: {all: [{field: kind, is: annual}, {field: date, before: asOf}]}
            dated: date
            withinMonths: 36
            consecutive: {years: 2, field: year}
            clearedBy: {zh: 复核, en: A review}

        """,
        "rules/protections.yaml": """
        longLeave:
          kinds: [sick]
          minimumDays: 20
        countingFindings: [substantiated]

        """,
    ])
}

extension String {
    /// Into how many parts a separator cuts the text.
    fileprivate func components(of separator: String) -> Int { split(separator: separator, omittingEmptySubsequences: false).count }
}
