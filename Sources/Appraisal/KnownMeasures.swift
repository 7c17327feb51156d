import PipelineModel
import Warehouse

/// The measures that tonight's sources make, by their numbers.
struct KnownMeasures: Sendable {
    /// Decimals of each measure; `nil` for one whose source is missing.
    private var decimals: [Int?]

    init(_ plans: SchemePlans, in transaction: Transaction) throws {
        decimals = [Int?](repeating: nil, count: plans.measures.count)
        for record in try transaction.all(MeasureRecord.self) {
            if let number = plans.numbers[record.measure] { decimals[number] = record.decimals }
        }
    }

    /// All measures that the schemes use.
    var count: Int { decimals.count }

    /// Whether a source that makes the measure was ingested tonight: only then is "no row" a zero.
    func contains(_ measure: Int) -> Bool { decimals[measure] != nil }

    /// 10 to the power of the measure's decimals: what its sums are divided by.
    func unit(of measure: Int) -> Double { (0..<(decimals[measure] ?? 0)).reduce(1) { power, _ in power * 10 } }
}
