import PipelineModel
import Warehouse

/// What every mechanism looks things up in on one night.
///
/// A class: mechanisms hand it on for every cadre, and a struct of so many members is counted member by member.
final class TrackNight {
    let pipeline: Pipeline
    let asOf: CalendarDate
    /// At least 1; changes the time alone.
    let threads: Int
    /// To read with: what is found goes to `store`.
    let transaction: Transaction
    /// Roster, units and post tenures.
    let history: ServiceHistory
    /// What was found so far.
    let aside = FoundRows()

    init(_ pipeline: Pipeline, asOf: CalendarDate, threads: Int, in transaction: Transaction) throws {
        self.pipeline = pipeline
        self.asOf = asOf
        self.threads = threads
        self.transaction = transaction
        history = try transaction.serviceHistory()
    }

    /// Whether a day is known on this night: what came later is nobody's business yet.
    func isKnown(_ day: CalendarDate?) -> Bool { day.map { $0 <= asOf } ?? false }

    /// The unit of a cadre on a day: of the post then held, or the roster's where no post covers the day.
    func unit(of cadreID: String, on day: CalendarDate) -> String? {
        history.unit(of: cadreID, on: day)
    }

    /// A source that has no contract tonight, or no rows, leaves its table empty; a finding says so, for an empty list must not read as "all is well".
    ///
    /// - Parameter consequence: What that means, where the table is not empty for it.
    func emptySource(_ role: SourceRole, table: String, consequence: String? = nil) -> Finding {
        let hasContract = pipeline.contracts(asOf: asOf).contains { $0.role == role }
        return Finding(
            .emptySource, .warning, at: Finding.Location(file: pipeline.name), value: role.rawValue,
            message: (consequence ?? "\(table).csv is empty") + ": "
                + (hasContract ? "the source \(role.rawValue) has no rows tonight" : "no source has the role \(role.rawValue)"),
            hint: hasContract ? "see data_quality.csv for what was read" : "map an export with role: \(role.rawValue), or expect nothing from this table")
    }

    /// Numbers that no file of the pipeline gives leave their table empty; a finding says so.
    ///
    /// - Parameter key: Of the pipeline's file.
    func noRules(_ key: String, table: String) -> Finding {
        Finding(
            .noRules, .note, at: Finding.Location(file: pipeline.name, field: key), value: key,
            message: "\(table).csv is empty: the pipeline's file names no `\(key)`",
            hint: "add \(key): rules/\(key).yaml to the pipeline's file (docs/configuration.md), or expect nothing from this table")
    }
}

extension Finding.Check {
    static let emptySource: Self = "EmptySource"
    static let noRules: Self = "NoRules"
}

/// Counts of one measure, unit by unit, with the sum over all of them.
struct MeasureCounts {
    struct Count {
        fileprivate(set) var (numerator, denominator) = (0, 0)

        fileprivate mutating func add(_ numerator: Int, of denominator: Int) {
            self.numerator += numerator
            self.denominator += denominator
        }
    }

    private var byUnit: [String: Count] = [:]
    private var all = Count()
    /// What has no known unit, and so counts in the sum only.
    private(set) var withoutUnit = Count()

    /// Adds one case of a unit; a case of no known unit counts in the sum only.
    mutating func add(_ meets: Bool, unitID: String?) {
        add(meets ? 1 : 0, of: 1, unitID: unitID)
    }

    /// Adds cases of a unit, at least one, of which so many count.
    mutating func add(_ numerator: Int, of denominator: Int, unitID: String?) {
        if unitID == nil { withoutUnit.add(numerator, of: denominator) }
        all.add(numerator, of: denominator)
        guard let unitID, unitID != MeasureValue.allUnits else { return }
        byUnit[unitID, default: Count()].add(numerator, of: denominator)
    }

    /// The rows of the night, a row for each unit that has a case, and one for all of them, which is there even when there was nothing to count.
    func values(_ measure: String, asOf: CalendarDate) -> [MeasureValue] {
        var counts = byUnit
        counts[MeasureValue.allUnits] = all
        return counts.sorted { $0.key < $1.key }.map {
            MeasureValue(asOf: asOf, measure: measure, unitID: $0.key, numerator: $0.value.numerator, denominator: $0.value.denominator)
        }
    }
}
